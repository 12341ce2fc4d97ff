"""All families by name."""

from __future__ import annotations

from typing import Any

from generator.discover import Catalogue
from generator.exercises._family import Family

FAMILIES: Catalogue[Family[Any]] = Catalogue("generator.exercises", "FAMILY")
