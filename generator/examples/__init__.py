"""Worked examples: one file is one kind. The only room where numbers meet pictures."""
