"""A worked example that has been solved: its numbers, its picture, its files."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from generator import drawn, photos
from generator.discover import Catalogue
from generator.errors import Problem, UserError, shorten, unknown, wrong
from generator.examples._kind import Kind
from generator.export import _carried
from generator.export._export import Drawing, Export
from generator.export._fold import fold
from generator.files import read_whole, write_all
from generator.model import Example, Result, Spec, Step
from generator.options import OPTIONS, Options, Stretch, argv, changed, mapping, options
from generator.scene.canvas import CANVASES
from generator.scene.film import Film
from generator.scene.theme import THEMES
from generator.spec import write
from generator.spec.fields import Params, fields_of
from generator.spec.network_field import Asked

if TYPE_CHECKING:
    from generator.render.inlined import Inlined

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

    def __init__(self, spec: Spec, options: Options | None = None) -> None:
        self.spec = spec
        self.options = options or Options()
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
        return self._command(self.options)

    def _command(self, options: Options) -> str:
        return shlex.join([*write.argv(self.spec), *argv(options)])

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
    def shown(self) -> tuple[Step, ...]:
        """The steps that a page walks through; none if it shows one picture."""
        if not self._inlined("page").plays:
            return ()
        return tuple(self.steps[number - 1] for number in fold(self.steps))

    def film_svg(self, canvas: str, link: Callable[[bytes], str] | None = None) -> str:
        """Return the steps as one SVG for a page, or the one step that was asked for.

        Of very many steps, those of :func:`generator.export._fold.fold`.

        Parameters
        ----------
        canvas
            ``page`` or ``narrow``.
        link
            Gives the address of a photograph's PNG; embedded in the SVG if it is not given.
        """
        from generator.render.svg import embedded

        return self._inlined(canvas).svg(link or embedded)

    def picture_svg(self, canvas: str, link: Callable[[bytes], str] | None = None) -> str:
        """Return one picture for a page: the step that was asked for, else the whole."""
        from generator.render.inlined import inlined, unpacked
        from generator.render.svg import embedded

        def draw() -> bytes:
            film, step = self.film(canvas), self.spec.step
            return inlined(Film(film.title, film.alt, lambda: film.still(step)), None).packed()

        kept = self._kept({"canvas": canvas, "still": True}, draw)
        return unpacked(kept).svg(link or embedded)

    @cached_property
    def _inlined(self) -> Callable[[str], Inlined]:
        """The pictures for a page: a site asks twice, to check and to show."""
        from generator.render.inlined import inlined, unpacked

        @cache
        def drawn(canvas: str) -> Inlined:
            def draw() -> bytes:
                film = self.film(canvas)
                if self.spec.step is None and film.count == len(self.steps):
                    film = film.part(fold(self.steps))
                return inlined(film, self.spec.step).packed()

            return unpacked(self._kept({"canvas": canvas}, draw))

        return drawn

    def _kept(
        self, asked: dict[str, object], draw: Callable[[], bytes], reads: Iterable[Path] = ()
    ) -> bytes:
        """Return what is drawn, or was drawn before."""
        values = {**asked, "spec": write.mapping(self.spec)}
        return drawn.kept(values, draw, [*_read_by(self.spec), *reads])

    def render(
        self,
        format: str,  # noqa: A002 - what it is
        theme: str | None = None,
        *,
        width: int | None = None,
        steps: str | int | None = None,
        still: bool | None = None,
    ) -> bytes:
        """Return the bytes of a file.

        Parameters
        ----------
        format
            One of ``catalogue()["formats"]``, such as ``"svg"``.
        theme
            ``"light"``, ``"dark"``, ``"print"`` or ``"colour-blind"``.
        width
            Of a png, gif or webp [px]; twice the figure's own if it is not given.
        steps
            Which steps a film or a PDF holds: ``2``, ``"1-3"``, ``"4-"``; if it is not given, all,
            or some of very many: see :func:`generator.export._fold.fold`.
        still
            Whether the whole stands in one picture where the format would be a film.

        Raises
        ------
        UserError
            With all that is unknown or impossible.

        Examples
        --------
        >>> import generator as cb
        >>> fig = cb.figure("pooling", input=[[1, 2, 3], [3, 4, 0]], size=2, stride=1)
        >>> fig.render("gif", steps="1-9")
        Traceback (most recent call last):
        ...
        generator.errors.UserError: steps: got 1-9, wanted at most 2, the number of steps
        """
        given = {"theme": theme, "width": width, "steps": steps, "still": still}
        return self.writers([format], given)[format]()

    def svg(self) -> bytes:
        """Return the SVG file."""
        return self.render("svg")

    def save(
        self,
        *paths: str | Path,
        theme: str | None = None,
        width: int | None = None,
        steps: str | int | None = None,
        still: bool | None = None,
    ) -> None:
        """Write files; the suffix of each chooses its format. All are written, or none.

        The options are those of :meth:`render`.
        """
        given = {"theme": theme, "width": width, "steps": steps, "still": still}
        targets = [Path(path) for path in paths]
        writers = self.writers([path.suffix[1:] for path in targets], given)
        write_all({path: writers[path.suffix[1:]]() for path in targets})

    def writers(
        self, formats: Iterable[str], given: Mapping[str, object]
    ) -> dict[str, Callable[[], bytes]]:
        """Return what writes each format.

        Parameters
        ----------
        formats
            Their names.
        given
            The options of :meth:`render` by name; ``None`` is as good as not given.

        Raises
        ------
        UserError
            With everything that is wrong with formats and options, before anything is drawn.
        """
        problems: list[Problem] = []
        writers: dict[str, Callable[[Drawing], bytes]] = {}
        for format in formats:  # noqa: A001
            try:
                writers[format] = writer_of(format)
            except UserError as error:
                problems += [each for each in error.problems if each not in problems]
        try:
            options = changed(self.options, given)
        except UserError as error:
            problems += error.problems
            options = self.options
        stretch = _read(given.get("steps"))
        # What a file came with is tried only where it is used.
        if stretch is None and any("steps" in EXPORTS[name].takes for name in writers):
            stretch = options.steps
        if stretch:
            problems += stretch.impossible(self.film("slide"), self.spec.step)
        if writers and not problems:
            problems += _useless(given, writers)
        if problems:
            raise UserError(problems)
        drawing = self._drawing(options)
        return {name: self._writer(EXPORTS[name], drawing) for name in writers}

    def _writer(self, export: Export, drawing: Drawing) -> Callable[[], bytes]:
        write_ = partial(writer_of(export.name), drawing)
        if not export.draws:
            return write_
        asked: dict[str, object] = {"format": export.name, "options": dict(drawing.asked)}
        return lambda: self._kept(asked, write_, export.reads)

    def _drawing(self, options: Options) -> Drawing:
        return Drawing(
            example=self.example,
            spec=write.mapping(self.spec),
            command=self._command(options),
            title=self.title,
            film=self.film,
            theme=THEMES[options.theme],
            asked=mapping(options),
            width=options.width,
            chosen=lambda: self._chosen(options),
        )

    def _chosen(self, options: Options) -> Sequence[int] | None:
        """Return the steps that a film shows; ``None`` for a single picture."""
        stretch = options.stretch(self.film("slide"), self.spec.step)
        if stretch is None:
            return None
        if options.steps is None and stretch[1] == len(self.steps):
            return fold(self.steps)
        return range(stretch[0], stretch[1] + 1)

    def folded(
        self,
        format: str,  # noqa: A002 - what it is
        given: Mapping[str, object],
    ) -> tuple[int, int] | None:
        """Return how many steps a file shows, and of how many, if nobody asked to leave some out.

        Parameters
        ----------
        format, given
            The format and the other options of :meth:`render`.

        Examples
        --------
        >>> import generator as cb
        >>> digits = {"shape": [28, 28], "low": 0, "high": 9, "seed": "fern-12"}
        >>> fig = cb.figure("convolution", input=digits, kernel="sobel-x")
        >>> fig.folded("gif", {}), fig.folded("gif", {"steps": "1-"}), fig.folded("png", {})
        ((25, 676), None, None)
        """
        options = changed(self.options, given)
        if options.steps is not None or "steps" not in EXPORTS[format].takes:
            return None
        count = len(self.steps)
        if count == len(fold(self.steps)):  # nothing has to be laid out to see that
            return None
        chosen = self._chosen(options)
        return (len(chosen), count) if chosen and len(chosen) < count else None

    def _repr_svg_(self) -> str:
        """Show itself in a notebook."""
        return self.svg().decode()

    def _repr_markdown_(self) -> str:
        return self.render("md").decode()

    def __repr__(self) -> str:
        return write.python(self.spec)


def _read_by(spec: Spec) -> Iterator[Path]:
    """Yield the files that a spec names and does not hold."""
    for name in fields_of(cast("type[Params]", type(spec.params))):
        value = getattr(spec.params, name)
        if isinstance(value, Asked) and value.file:
            yield value.file
    if photo := getattr(spec.params, "photo", None):
        yield photos.locate(photo)


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


def carried(path: str | Path) -> tuple[dict[str, object], Options]:
    """Return what a figure's file was made from: the spec in plain values, and its options.

    Raises
    ------
    UserError
        If the file cannot be read, or carries no spec.
    """
    file = Path(path)
    try:
        values, asked = _carried.read(read_whole(file), EXPORTS.values())
        return values, options(asked)
    except ValueError:
        said = "carries no spec; convbook did not make it, or another program has changed it"
        raise UserError([Problem(str(path), "", "", said)]) from None
    except UserError as error:
        raise UserError(p if p.where else p.at(str(path)) for p in error.problems) from None


def _read(steps: object) -> Stretch | None:
    """Return the steps that are asked for, if they can be read; if not, that is said elsewhere."""
    try:
        return OPTIONS["steps"].parse(steps)  # type: ignore[no-any-return]
    except UserError:
        return None


def _useless(given: Mapping[str, object], formats: Iterable[str]) -> Iterable[Problem]:
    """Yield the options that none of the files has a use for."""
    what = {"width": "a picture of pixels", "steps": "a file that holds steps"}
    for name, file in what.items():
        if given.get(name) is not None and not any(name in EXPORTS[f].takes for f in formats):
            suffixes = [f".{name_}" for name_, export in EXPORTS.items() if name in export.takes]
            yield Problem("", name, shorten(given[name]), f"{file}: {', '.join(suffixes)}")
