"""What a family of exercises of one's own is made of; see docs/make/families.md.

>>> line("stride ", 2)
(Text(text='stride '), Value(number=2))
"""

from __future__ import annotations

from generator.dice import Dice
from generator.exercises._draw import numbers
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._figure import figure
from generator.paper import Matrix, OneNumber, Several
from generator.prose import Break, Code, Equation, Grid, Math, Strong, Text, Value, line

__all__ = [
    "Break",
    "Code",
    "Dice",
    "Equation",
    "Family",
    "Grid",
    "Math",
    "Matrix",
    "OneNumber",
    "Options",
    "Part",
    "Several",
    "Slip",
    "Strong",
    "Text",
    "Value",
    "Work",
    "figure",
    "line",
    "numbers",
]
