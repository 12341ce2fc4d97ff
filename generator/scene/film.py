"""A picture and its steps."""

from __future__ import annotations

from dataclasses import dataclass

from generator.scene.marks import Mark


@dataclass(frozen=True, slots=True)
class Scene:
    """One still picture [px]."""

    width: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Film:
    """A worked example as a picture of the whole and a picture of every step.

    Parameters
    ----------
    title
        What it is called.
    alt
        It in words, for those who do not see it.
    poster
        The whole in one picture.
    frames
        One picture a step, all of one size; empty if the poster says it all.
    """

    title: str
    alt: str
    poster: Scene
    frames: tuple[Scene, ...] = ()
