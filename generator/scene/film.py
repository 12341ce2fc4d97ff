"""A picture and its steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.scene.marks import Mark


@dataclass(frozen=True, slots=True)
class Scene:
    """One still picture [px]."""

    width: float
    height: float
    marks: tuple[Mark, ...]


class Film:
    """A worked example as a picture of the whole and a picture of every step.

    Pictures are drawn when they are asked for: who wants one step does not wait for two hundred.

    Parameters
    ----------
    title
        What it is called.
    alt
        It in words, for those who do not see it.
    poster
        Draws the whole in one picture.
    frame
        Draws a step, counted from 1; all of one size.
    count
        Number of steps; 0 if the poster says it all.

    Examples
    --------
    >>> wide = lambda step: Scene(step, 8, ())
    >>> film = Film("A line", "A line.", lambda: wide(9), wide, count=2)
    >>> [scene.width for scene in film.frames], film.still(2).width, film.still(None).width
    ([1, 2], 2, 9)
    """

    def __init__(
        self,
        title: str,
        alt: str,
        poster: Callable[[], Scene],
        frame: Callable[[int], Scene] | None = None,
        count: int = 0,
    ) -> None:
        self.title = title
        self.alt = alt
        self.count = count if frame else 0
        self._poster = poster
        self._frame = frame

    @cached_property
    def poster(self) -> Scene:
        """The whole in one picture."""
        return self._poster()

    @cached_property
    def frames(self) -> tuple[Scene, ...]:
        """The pictures of all steps."""
        draw = self._frame
        return tuple(draw(step) for step in range(1, self.count + 1)) if draw else ()

    def part(self, steps: Sequence[int]) -> Film:
        """Return the film of some of its steps, counted from 1.

        >>> frames = lambda step: Scene(step, 8, ())
        >>> part = Film("", "", lambda: frames(0), frames, count=9).part((4, 5, 9))
        >>> part.count, [scene.width for scene in part.frames]
        (3, [4, 5, 9])
        """
        draw = self._frame
        if draw is None or len(steps) == self.count:
            return self
        return Film(
            self.title, self.alt, self._poster, lambda step: draw(steps[step - 1]), len(steps)
        )

    def still(self, step: int | None) -> Scene:
        """Return the picture of a step, counted from 1; ``None``: of the whole."""
        if step is None or self._frame is None:
            return self.poster
        return self._frame(step)
