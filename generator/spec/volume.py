"""Several matrices of one size as one parameter: the channels of an input, a list of kernels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.dice import Dice
from generator.errors import Problem, UserError, wrong
from generator.model import Rows
from generator.spec.build import build, shown_values
from generator.spec.fields import Field, Seed, Text, Whole, gather, listed, param, whole
from generator.spec.matrix import WIDEST, Matrix, MatrixField
from generator.spec.own import from_file
from generator.tables import Bounds

#: More planes than this are no worked example any more.
DEEPEST = 12


class Lengths(Field[tuple[int, int, int]]):
    """Three lengths: planes, rows, columns."""

    metavar = "[N,N,N]"

    def parse(self, value: object) -> tuple[int, int, int]:
        """Read ``[3, 4, 4]``."""
        items = listed(value)
        if items is None or len(items) != 3:
            raise wrong(value, "three lengths: how many matrices, their rows, their columns")
        names = ("matrices", "rows", "columns")
        bounds = dict(zip(names, (DEEPEST, WIDEST, WIDEST), strict=True))
        found = [
            gather([(name, item)], lambda item, most=bounds[name]: whole(item, 1, most))[0]
            for name, item in zip(names, items, strict=True)
        ]
        return found[0], found[1], found[2]

    def show(self, value: tuple[int, int, int]) -> object:
        """Show a list."""
        return list(value)


@dataclass(frozen=True, slots=True)
class DrawnVolume:
    """How the matrices are drawn: the same values give the same numbers for ever.

    >>> DrawnVolume((2, 1, 3), 0, 9, "fern-12").planes()
    (((4, 0, 8),), ((0, 7, 7),))
    """

    shape: tuple[int, int, int] = param(Lengths("how many matrices, their rows and columns"))
    low: int = param(Whole("the smallest number", least=-9999))
    high: int = param(Whole("the largest number", least=-9999))
    seed: str = param(Seed("a word or a number; the same one draws the same numbers"))

    def problems(self) -> Iterable[Problem]:
        """Yield what is wrong between the parameters."""
        if self.low > self.high:
            yield Problem("", "high", str(self.high), f"at least {self.low}, the low one")

    def planes(self) -> tuple[Rows, ...]:
        """Return the numbers."""
        count, height, width = self.shape
        dice = Dice(self.seed)
        return tuple(
            dice.matrix(f"plane {i + 1}", height, width, self.low, self.high) for i in range(count)
        )


@dataclass(frozen=True, slots=True)
class Volume:
    """Matrices of one size, and how they were asked for.

    Parameters
    ----------
    matrices
        At least one.
    origin
        What they were drawn from; ``None`` if they were written out.
    """

    matrices: tuple[Matrix, ...]
    origin: DrawnVolume | None = None

    @property
    def planes(self) -> tuple[Rows, ...]:
        """The numbers alone: (C, H, W)."""
        return tuple(matrix.rows for matrix in self.matrices)

    @property
    def depth(self) -> int:
        """Number of matrices."""
        return len(self.matrices)

    @property
    def height(self) -> int:
        """Rows of each."""
        return self.matrices[0].height

    @property
    def width(self) -> int:
        """Columns of each."""
        return self.matrices[0].width

    @property
    def size(self) -> str:
        """The shape of all in words, channels last, as the text writes it.

        >>> volume(((1, 2),), ((3, 4),)).size
        '1 × 2 × 2'
        """
        return f"{self.height} × {self.width} × {self.depth}"


def volume(*planes: Rows) -> Volume:
    """Return matrices that are written out.

    >>> volume(((1, 2),), ((3, 4),)).depth
    2
    """
    return Volume(tuple(Matrix(rows) for rows in planes))


class VolumeField(Field[Volume]):
    """``[[[1, 0], [0, 1]], [[2, 1], [0, 0]]]``, one matrix, names, or ``{shape: [3, 4, 4], …}``.

    The name of a file stands for the numbers in it, as in
    :class:`~generator.spec.matrix.MatrixField`; a picture gives its red, its green and its blue,
    and a list of files a matrix for each.

    Parameters
    ----------
    help
        One line for ``--help``.
    word
        What one matrix of them is called: ``channel``.
    named
        Matrices that may be called by name.
    picture
        How wide and high a picture file becomes, if its columns are not asked for.
    """

    metavar = "MATRICES|FILE"

    def __init__(
        self,
        help: str,  # noqa: A002
        word: str,
        *,
        named: Mapping[str, Rows] | None = None,
        picture: int = WIDEST,
    ) -> None:
        super().__init__(help)
        self.picture = picture
        self.word = word
        self.each = MatrixField(help, named=named, line=False, picture=picture)

    def parse(self, value: object) -> Volume:
        """Read matrices in any of their spellings."""
        if isinstance(value, Volume):
            return value
        if table := from_file(value, Bounds((2, 3), WIDEST, DEEPEST, self.picture)):
            return volume(*table.planes)
        if isinstance(value, Mapping):
            drawn = build(DrawnVolume, value)
            return Volume(tuple(map(Matrix, drawn.planes())), drawn)
        items = listed(value)
        if items is None and not (isinstance(value, str) and self.each.named):
            raise wrong(value, f"a list with a matrix for every {self.word}")
        if items == []:
            raise wrong("an empty list", f"at least one {self.word}")
        if items is None or self._is_matrix(items):
            return Volume((self.each.parse(value),))
        if len(items) > DEEPEST:
            got = f"{len(items)} {self.word}s"
            raise wrong(got, f"at most {DEEPEST}, so that every number can be read")
        named = ((f"{self.word} {place}", item) for place, item in enumerate(items, 1))
        matrices: list[Matrix] = gather(named, self.each.parse)
        first = matrices[0].size
        if others := [
            Problem("", f"{self.word} {place}", matrix.size, f"{first}, as {self.word} 1 has")
            for place, matrix in enumerate(matrices, 1)
            if matrix.size != first
        ]:
            raise UserError(others)
        return Volume(tuple(matrices))

    @staticmethod
    def _is_matrix(items: list[object]) -> bool:
        """Return whether the first item is a row of numbers, not a matrix."""
        cells = listed(items[0])
        return bool(cells) and all(listed(cell) is None for cell in cells or ())

    def show(self, value: Volume) -> object:
        """Show them as they were asked for."""
        if value.origin:
            return shown_values(value.origin)
        return [self.each.show(matrix) for matrix in value.matrices]


class NamesField(Field[tuple[str, ...]]):
    """A few short words: ``[R, G, B]``."""

    metavar = "[WORD,…]"

    def parse(self, value: object) -> tuple[str, ...]:
        """Read a list of words, or one."""
        items = listed(value)
        if items is None:
            items = [value]
        word = Text(self.help, most=16)
        names = ((f"word {place}", item) for place, item in enumerate(items, 1))
        return tuple(gather(names, word.parse))

    def show(self, value: tuple[str, ...]) -> object:
        """Show a list."""
        return list(value)
