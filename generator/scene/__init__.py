"""Pictures as values: marks with roles, boxes beside each other, themes that own the ink.

This room knows no network and no file format.
"""
