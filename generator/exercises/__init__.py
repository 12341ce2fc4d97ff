"""Exercises drawn by seed: a file per family, each exposing one ``FAMILY``.

Every answer is found twice, by formula and by brute force, and every wrong answer is what a named
mistake computes. Draws in which a mistake gives the right answer are thrown away, because they
would teach that the mistake is none.
"""
