"""A worked example that has been solved: its numbers, its picture, its files."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from generator.discover import Catalogue
from generator.errors import Problem, UserError, unknown, wrong
from generator.examples._kind import Kind
from generator.export._export import Drawing, Export
from generator.files import write_all
from generator.model import Example, Result, Spec, Step
from generator.scene.canvas import CANVASES
from generator.scene.film import Film
from generator.scene.theme import THEMES
from generator.spec import write

KINDS: Catalogue[Kind[Any]] = Catalogue("generator.examples", "KIND")
EXPORTS: Catalogue[Export] = Catalogue("generator.export", "EXPORT")


class Figure:
    """A solved worked example. Pictures are drawn when they are asked for.

    Examples
    --------
    >>> import generator as cb
    >>> fig = cb.figure("pooling", input=[[1, 2], [3, 4]])
    >>> fig.result, fig.steps[0].says
    (((4,),), 'Row 1, column 1: the largest of 1, 2, 3, 4 is 4.')
    """

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.kind = KINDS[spec.kind]
        solved = self.kind.solve(spec.params)
        self.example = Example(spec, solved.result, solved.steps, solved.alt, solved.says)
        if spec.step is not None and spec.step > len(solved.steps):
            wanted = f"at most {len(solved.steps)}, the number of steps"
            raise UserError([Problem("", "step", str(spec.step), wanted)])

    @property
    def result(self) -> Result:
        """The answer, in exact numbers."""
        return self.example.result

    @property
    def steps(self) -> tuple[Step, ...]:
        """How it came about."""
        return self.example.steps

    @property
    def alt(self) -> str:
        """The picture in words, with its numbers."""
        return self.example.alt

    @property
    def title(self) -> str:
        """The heading: the reader's own, or the kind's."""
        return self.spec.title or self.kind.title

    @property
    def command(self) -> str:
        """The shell command that makes this figure."""
        return write.command(self.spec)

    @property
    def yaml(self) -> str:
        """The body of the fence that makes this figure."""
        return write.yaml(self.spec)

    @property
    def key(self) -> str:
        """A short name made of the content."""
        return write.key(self.spec)

    @cached_property
    def film(self) -> Callable[[str], Film]:
        """The pictures, laid out for a canvas: ``slide``, ``page`` or ``narrow``."""

        @cache
        def drawn(canvas: str) -> Film:
            return self.kind.draw(self.spec.params, self.example, self.title, CANVASES[canvas])

        return drawn

    @property
    def plays(self) -> bool:
        """Whether a page shows its steps, and not one picture."""
        from generator.render.svg import plays

        return plays(self.film("page"), self.spec.step)

    def film_svg(self, canvas: str, link: Callable[[bytes], str] | None = None) -> str:
        """Return all steps as one SVG for a page, or the one step that was asked for.

        See :func:`generator.render.svg.inline`.
        """
        from generator.render.svg import embedded, inline

        return inline(self.film(canvas), self.spec.step, link or embedded)

    def render(self, format: str, theme: str = "light") -> bytes:  # noqa: A002
        """Return the bytes of a file.

        Raises
        ------
        UserError
            If there is no such format, or it has no use for a figure, or there is no such theme.
        """
        if theme not in THEMES:
            raise UserError([unknown("theme", theme, THEMES)])
        writer = writer_of(format)
        drawing = Drawing(
            example=self.example,
            spec=write.mapping(self.spec),
            command=self.command,
            title=self.title,
            film=lambda: self.film("slide"),
            theme=THEMES[theme],
        )
        return writer(drawing)

    def svg(self) -> bytes:
        """Return the SVG file."""
        return self.render("svg")

    def save(self, *paths: str | Path, theme: str = "light") -> None:
        """Write files; the suffix of each chooses its format. All are written, or none."""
        targets = [Path(path) for path in paths]
        write_all({path: self.render(path.suffix[1:], theme) for path in targets})

    def _repr_svg_(self) -> str:
        """Show itself in a notebook."""
        return self.svg().decode()

    def _repr_markdown_(self) -> str:
        return self.render("md").decode()

    def __repr__(self) -> str:
        return write.python(self.spec)


def writer_of(format: str) -> Callable[[Drawing], bytes]:  # noqa: A002
    """Return what writes a figure in a format.

    >>> writer_of("svgg")
    Traceback (most recent call last):
    ...
    generator.errors.UserError: unknown format 'svgg'; did you mean 'svg'?
    """
    writer = EXPORTS[format].figure if format in EXPORTS else None
    if writer is None:
        known = [name for name, export in EXPORTS.items() if export.figure]
        if not format:
            suffixes = ", ".join(f".{name}" for name in known)
            raise wrong("a name without suffix", f"one that ends in {suffixes}")
        raise UserError([unknown("format", format, known)])
    return writer
