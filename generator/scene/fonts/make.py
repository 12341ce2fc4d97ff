"""Remake the glyph table and the web fonts from their sources.

    python -m generator.scene.fonts.make --inter DIR --mono DIR --math FILE

The folders hold Inter-Regular.woff2, Inter-SemiBold.woff2, Inter-Bold.woff2 and
JetBrainsMono-Regular.ttf, JetBrainsMono-Bold.ttf; the file is latinmodern-math.otf. Needs the
dependency group `fonts`. The same sources give the same bytes; PROVENANCE.md says what they are.
"""

# mypy: disable-error-code="import-untyped, import-not-found"
# fontTools has no types, and where the group `fonts` is not installed it is not there at all.

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from generator.scene.fonts.characters import (
    COMMON_MATHS,
    FIGURE,
    MATHS,
    MONO,
    PAGES,
    PRIMES,
    TABULAR,
)
from generator.scene.fonts.drawing import complete, outline, path

if TYPE_CHECKING:  # fontTools is imported late: doctests collect this file where it is missing
    from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
WEB = HERE.parents[1] / "site" / "assets" / "fonts"
INTER = {
    "regular": ("Inter-Regular.woff2", "inter-400.woff2"),
    "semibold": ("Inter-SemiBold.woff2", "inter-600.woff2"),
    "bold": ("Inter-Bold.woff2", "inter-700.woff2"),
}
JETBRAINS = {
    "JetBrainsMono-Regular.ttf": "mono-400.woff2",
    "JetBrainsMono-Bold.ttf": "mono-700.woff2",
}
MATHS_NAME = "Convbook Math"  # the GUST licence asks that a changed font gets another name
FAMILY, UNIQUE_ID, FULL_NAME, POSTSCRIPT, TYPOGRAPHIC = 1, 3, 4, 6, 16  # numbers of name records
KEPT_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 13, 14)  # copyright, names, version, trademark, licence


def open_font(file: Path) -> TTFont:
    """Read a font whose dates are left as they are, so that a rerun gives the same bytes."""
    from fontTools.ttLib import TTFont

    return TTFont(file, recalcTimestamp=False)


def require(font: TTFont, wanted: str, file: Path) -> None:
    """Stop when a character is nowhere: a figure must not print a box in its place."""
    lacking = sorted(set(wanted) - {chr(code) for code in font.getBestCmap()})
    if lacking:
        raise SystemExit(f"{file.name} lacks {' '.join(f'{c} (U+{ord(c):04X})' for c in lacking)}")


def narrow(font: TTFont, feature: str, characters: str) -> dict[str, str]:
    """Leave a feature of one-for-one substitutions only these characters.

    Returns
    -------
    dict
        From the name of each glyph to that of its (first) substitute.
    """
    names = font.getBestCmap()
    wanted = {names[ord(char)] for char in characters}
    found: dict[str, str] = {}
    gsub = font["GSUB"].table
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == feature
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(lookups):
        for held in gsub.LookupList.Lookup[index].SubTable:
            table = getattr(held, "ExtSubTable", held)
            key = "mapping" if hasattr(table, "mapping") else "alternates"
            kept = {old: new for old, new in getattr(table, key).items() if old in wanted}
            setattr(table, key, kept)
            found |= {old: new if isinstance(new, str) else new[0] for old, new in kept.items()}
    return found


def glyph_lines(font: TTFont, tabular: dict[str, str]) -> list[str]:
    """JSON of `"char":[advance, path]`, one a line in the order of Unicode, so that diffs read."""
    names, widths = font.getBestCmap(), font["hmtx"]
    lines = []
    for char in sorted(set(FIGURE)):
        name = tabular.get(names[ord(char)], names[ord(char)])
        entry = [widths[name][0], path(outline(font, name))]
        lines.append(f"{dumps(char)}:{dumps(entry)}")
    return lines


def dumps(value: object) -> str:
    """JSON without spaces and with the characters themselves."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def save(font: TTFont, characters: str, features: list[str], file: Path) -> None:
    """Write a woff2 with these characters and features, and print its size."""
    from fontTools.subset import Options, Subsetter

    options = Options(
        layout_features=features,
        hinting=False,
        name_IDs=list(KEPT_NAMES),
        notdef_outline=True,
    )
    options.drop_tables += ["FFTM", "DSIG"]  # FontForge's clock; a signature that no longer holds
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in characters])
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(file)
    print(f"{file.name:16} {file.stat().st_size:7} bytes, {len(set(characters))} characters")


def rename(font: TTFont, family: str) -> None:
    """Give a CFF font another name in every place that has one."""
    postscript = family.replace(" ", "") + "-Regular"
    table = font["name"]
    table.removeNames(nameID=TYPOGRAPHIC)  # says the old name again
    new = {FAMILY: family, UNIQUE_ID: postscript, FULL_NAME: family, POSTSCRIPT: postscript}
    for name_id, name in new.items():
        for record in table.names:
            if record.nameID == name_id:
                record.string = name
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff[0].FullName, cff[0].FamilyName = family, family


def make(inter: Path, mono: Path, maths: Path) -> None:
    """Write glyphs.json and the seven woff2 files."""
    WEB.mkdir(parents=True, exist_ok=True)
    weights, made = [], {}
    metrics: dict[str, int] = {}
    for weight, (source, target) in INTER.items():
        font = open_font(inter / source)
        made = complete(font)
        require(font, FIGURE + PAGES, inter / source)
        tabular = narrow(font, "tnum", TABULAR)
        weights.append(f"{dumps(weight)}:{{\n" + ",\n".join(glyph_lines(font, tabular)) + "\n}")
        metrics = {
            "units": font["head"].unitsPerEm,
            "ascent": font["hhea"].ascent,
            "cap_height": font["OS/2"].sCapHeight,
            "x_height": font["OS/2"].sxHeight,
        }
        save(font, FIGURE + PAGES, ["tnum", "kern", "ccmp", "locl"], WEB / target)
    table = HERE / "glyphs.json"
    text = dumps(metrics)[:-1] + ',\n"weights":{\n' + ",\n".join(weights) + "\n}}\n"
    table.write_text(text, encoding="utf-8")
    size = table.stat().st_size
    print(f"{table.name:16} {size:7} bytes, {len(set(FIGURE))} characters, Inter's but for")
    for char, origin in made.items():
        print(f"  U+{ord(char):04X} {char} {origin}")
    for source, target in JETBRAINS.items():
        font = open_font(mono / source)
        require(font, MONO, mono / source)
        save(font, MONO, ["ccmp", "locl"], WEB / target)
    font = open_font(maths)
    require(font, MATHS, maths)
    rename(font, MATHS_NAME)
    narrow(font, "ssty", PRIMES)
    save(font, MATHS, ["ssty", "dtls"], WEB / "math.woff2")
    save(font, COMMON_MATHS, ["ssty", "dtls"], WEB / "math-common.woff2")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Remake the glyph table and the web fonts.")
    parser.add_argument("--inter", type=Path, required=True, help="folder of Inter's woff2 files")
    parser.add_argument("--mono", type=Path, required=True, help="folder of JetBrains Mono's ttf")
    parser.add_argument("--math", type=Path, required=True, help="latinmodern-math.otf")
    arguments = parser.parse_args()
    make(arguments.inter, arguments.mono, arguments.math)


if __name__ == "__main__":
    main()
