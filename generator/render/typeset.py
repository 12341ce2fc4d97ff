"""Sheets on paper: typst sets what :mod:`generator.export._sheet_pdf` hands it as data.

Nothing is pasted into typst's source: ``sheet.typ`` is always the same and reads one JSON text.
The document is PDF/UA-1: typst itself refuses a picture without words, and a letter that no font
has; such a letter is printed as □, and it is said which.

References
----------
ISO 14289-1, "PDF/UA-1". typst reference, "PDF", "sys.inputs".
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import cast

import typst

_HERE = Path(__file__).parent
_LOG = logging.getLogger("convbook")
#: How typst names a letter that no font has: as Rust writes a text.
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
BOX = "□"


def typeset(data: Mapping[str, object], fonts: tuple[Path, ...] = ()) -> bytes:
    """Return the PDF of a sheet.

    Parameters
    ----------
    data
        What is on it, in plain values.
    fonts
        Folders of more fonts, for letters that ours lack.
    """
    compiler, source = _compiler(fonts), _source()
    text = json.dumps(data, ensure_ascii=False)
    lacking: dict[str, None] = {}
    while True:
        try:
            made = compiler.compile(
                source,
                format="pdf",
                sys_inputs={"sheet": text},
                pdf_standards=["ua-1"],
                timestamp=0,
            )
        except typst.TypstError as error:
            found = dict.fromkeys(_lacking(error.diagnostic))
            if not found or found.keys() <= lacking.keys():
                raise
            lacking |= found
            text = json.dumps(_boxed(data, lacking), ensure_ascii=False)
        else:
            if lacking:
                _LOG.warning(_told(lacking))
            return cast(bytes, made)


def _told(lacking: Iterable[str]) -> str:
    signs = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in lacking)
    return f"PDF: no font has {signs}; printed as {BOX}"


def _lacking(diagnostic: str) -> Iterable[str]:
    r"""Return the letters a message of typst's complains about.

    >>> said = r'the text `"王"` could not be displayed; the text `"\u{7}"` could not be displayed'
    >>> list(_lacking(said))
    ['王', '\x07']
    """
    for text in _NO_GLYPH.findall(diagnostic):
        yield from _ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _PLAIN.get(match[2], match[2])


def _boxed(value: object, lacking: Iterable[str]) -> object:
    if isinstance(value, str):
        return value.translate({ord(sign): BOX for sign in lacking})
    if isinstance(value, Mapping):
        return {key: _boxed(each, lacking) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_boxed(each, lacking) for each in value]
    return value


@cache
def _source() -> bytes:
    return (_HERE / "sheet.typ").read_bytes()


@cache
def _compiler(fonts: tuple[Path, ...]) -> typst.Compiler:
    """Return typst with our fonts: made once a process, because it remembers what it has set.

    The machine's own fonts stay out, so that every machine makes the same bytes.
    """
    folders = [str(_HERE / "fonts"), *map(str, fonts)]
    found = typst.Fonts(include_system_fonts=False, font_paths=folders)
    return typst.Compiler(_source(), font_paths=found, ignore_system_fonts=True)
