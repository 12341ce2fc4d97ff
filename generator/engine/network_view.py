"""What one unit of a network sees of the input: receptive field, effective stride and padding.

Everything is whole cells of the network's input and about one axis; rows and columns are two of
them. A unit sees an interval; the next unit of the same map sees the same interval, moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.engine.shapes import Axis
from generator.numerals import shown


@dataclass(frozen=True, slots=True)
class Span:
    """The interval that unit 0 sees, and how far the next unit's is from it.

    Parameters
    ----------
    stride
        j, cells of the input from one unit's interval to the next one's.
    first, last
        First and last cell that unit 0 sees; negative in the padding.
    """

    stride: int
    first: int
    last: int

    @property
    def length(self) -> int:
        """r, the receptive field [cells of the input]."""
        return self.last - self.first + 1

    @property
    def centre(self) -> Fraction:
        """Middle of what unit 0 sees, a half where the length is even."""
        return Fraction(self.first + self.last, 2)


@dataclass(frozen=True, slots=True)
class View:
    r"""What the units of one map see along one axis.

    A window of :math:`K_\mathrm{eff}` cells, stride S and padding P on a map with receptive field
    r, stride j and padding p makes

    .. math:: r' = r + (K_\mathrm{eff} - 1) j, \quad j' = j S, \quad p' = p + P j.

    Parameters
    ----------
    spans
        One for each stride there is; more than one only where branches of different strides joined.

    References
    ----------
    Araujo, Norris, Sim: Computing receptive fields of convolutional neural networks, Distill 2019.

    Examples
    --------
    >>> view = INPUT.through(Axis(32, 5)).through(Axis(28, 2, stride=2)).through(Axis(14, 5))
    >>> view.length, view.stride, view.padding, view.of(1)
    (14, 2, 0, (2, 15))
    """

    spans: tuple[Span, ...]

    def through(self, axis: Axis) -> View:
        """Return what the windows on this map see."""
        return View(
            tuple(
                Span(
                    span.stride * axis.stride,
                    span.first - axis.before * span.stride,
                    span.last + (axis.extent - 1 - axis.before) * span.stride,
                )
                for span in self.spans
            )
        )

    def still(self) -> View:
        """Return what units see that all read unit 0.

        >>> INPUT.through(Axis(8, 8)).still().of(5)
        (0, 7)
        """
        return View((Span(0, min(s.first for s in self.spans), max(s.last for s in self.spans)),))

    @property
    def length(self) -> int:
        """The receptive field: the longest, where branches of different strides joined."""
        return max(span.length for span in self.spans)

    @property
    def stride(self) -> int | None:
        """The effective stride; ``None`` where branches of different strides joined."""
        return self.spans[0].stride if len(self.spans) == 1 else None

    @property
    def padding(self) -> int | None:
        """The effective padding: cells in front of the input that unit 0 would see."""
        return -self.spans[0].first if len(self.spans) == 1 else None

    def of(self, unit: int) -> tuple[int, int]:
        """Return the first and the last cell that a unit sees, in the padding too."""
        firsts = [span.first + span.stride * unit for span in self.spans]
        lasts = [span.last + span.stride * unit for span in self.spans]
        return min(firsts), max(lasts)


#: A cell of the input sees itself.
INPUT = View((Span(1, 0, 0),))


def joined(views: Iterable[View]) -> View:
    """Return what a unit sees that reads the same place of several maps: the union.

    >>> block = INPUT.through(Axis(8, 3, before=1, after=1))
    >>> joined([INPUT, block]).length
    3
    """
    spans: dict[int, Span] = {}
    for span in (span for view in views for span in view.spans):
        old = spans.get(span.stride, span)
        first, last = min(old.first, span.first), max(old.last, span.last)
        spans[span.stride] = Span(span.stride, first, last)
    return View(tuple(spans[stride] for stride in sorted(spans)))


def misaligned(views: Sequence[View], names: Sequence[str]) -> str:
    """Return how the maps that join do not lie on each other; empty if they do.

    Parameters
    ----------
    views
        Those of the maps that join.
    names
        The layers that made them.

    Examples
    --------
    >>> misaligned([INPUT, INPUT.through(Axis(8, 2, after=1))], ["input", "conv1"])
    'the centres of what unit 0 sees differ: 0 (input), 0.5 (conv1)'
    >>> misaligned([INPUT, INPUT.through(Axis(8, 1, stride=2))], ["input", "conv1"])
    'the effective strides differ: 1 (input), 2 (conv1)'
    """
    strides = [" and ".join(str(span.stride) for span in view.spans) for view in views]
    if len(set(strides)) > 1:
        return f"the effective strides differ: {_each(strides, names)}"
    centres = [" and ".join(shown(_plain(span.centre)) for span in view.spans) for view in views]
    if len(set(centres)) > 1:
        return f"the centres of what unit 0 sees differ: {_each(centres, names)}"
    return ""


def _plain(value: Fraction) -> Fraction | int:
    return value.numerator if value.denominator == 1 else value


def _each(values: Sequence[str], names: Sequence[str]) -> str:
    return ", ".join(f"{value} ({name})" for value, name in zip(values, names, strict=True))
