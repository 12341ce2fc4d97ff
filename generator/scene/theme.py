"""Who owns the ink: every colour of every figure stands in this file.

Marks carry roles; a :class:`Style` says which inks a role is drawn with, and a theme says what
those inks are. Contrasts are tested, not believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from generator.scene.marks import Role, Shade

Ink: TypeAlias = Literal[
    "paper", "ink", "muted", "line", "cell",
    "window", "window-tint", "kernel", "kernel-tint", "result", "result-tint",
    "black", "white",
]  # fmt: skip
#: Lines that fill a box: rising (1) or falling (-1) from left to right.
Slope: TypeAlias = Literal[1, -1]


@dataclass(frozen=True, slots=True)
class Style:
    """How the marks of one role are drawn: inks by name, widths in px.

    A `hatch` lies on the fill, in the ink ``line``: it tells roles apart where colours are missing.
    """

    fill: Ink | None = None
    stroke: Ink | None = None
    width: float = 1
    dash: tuple[float, ...] = ()
    corner: float = 0
    hatch: Slope | None = None


#: A role means the same in every figure: blue is read, orange weighs, green results.
STYLES: Mapping[Role, Style] = {
    "paper": Style(fill="paper"),
    "ink": Style(fill="ink"),
    "muted": Style(fill="muted", stroke="muted", width=1.5),
    "line": Style(stroke="line"),
    "cell": Style(fill="cell", stroke="line"),
    "empty": Style(fill="paper", stroke="line"),
    "padding": Style(fill="paper", stroke="muted", dash=(3, 4)),
    "unread": Style(fill="paper", stroke="line"),
    "halo": Style(stroke="paper", width=7, corner=3),
    "window": Style(stroke="window", width=3.5, corner=3),
    "window-cell": Style(fill="window-tint", stroke="line"),
    "window-ink": Style(fill="window"),
    "window-line": Style(stroke="window", width=1.5),
    "kernel": Style(stroke="kernel", width=2, corner=3),
    "kernel-cell": Style(fill="kernel-tint", stroke="line"),
    "kernel-ink": Style(fill="kernel"),
    # Lines of weights that are told apart without colour: unbroken, dashed, dotted, both in turn.
    "kernel-hair": Style(stroke="kernel", width=0.6),
    "kernel-line": Style(stroke="kernel", width=1.5),
    "kernel-dash": Style(stroke="kernel", width=1.5, dash=(7, 4)),
    "kernel-dots": Style(stroke="kernel", width=2, dash=(2, 3.5)),
    "kernel-chain": Style(stroke="kernel", width=1.5, dash=(9, 3, 2, 3)),
    "result": Style(stroke="result", width=3, corner=3),
    "result-cell": Style(fill="result-tint", stroke="line"),
    "result-ink": Style(fill="result"),
    "on-dark": Style(fill="white"),
    "on-light": Style(fill="black"),
    "shade": Style(),
}


@dataclass(frozen=True, eq=False)
class Theme(Mapping[Ink, str]):
    """The inks in ``#rrggbb`` by name, and what the roles do with them.

    >>> LIGHT["window"], PRINT.styles["kernel"].dash
    ('#2563c9', (7, 4))
    """

    inks: Mapping[Ink, str]
    styles: Mapping[Role, Style]

    def __getitem__(self, ink: Ink) -> str:
        return self.inks[ink]

    def __iter__(self) -> Iterator[Ink]:
        return iter(self.inks)

    def __len__(self) -> int:
        return len(self.inks)


LIGHT = Theme({
    "paper": "#ffffff", "ink": "#1b1f24", "muted": "#5c646f", "line": "#d5dae1", "cell": "#f6f7f9",
    "window": "#2563c9", "window-tint": "#e3edfc",
    "kernel": "#a04a00", "kernel-tint": "#fdeedd",
    "result": "#0a7050", "result-tint": "#dff4ea",
    "black": "#000000", "white": "#ffffff",
}, STYLES)  # fmt: skip

DARK = Theme({
    "paper": "#14171c", "ink": "#e8ebf0", "muted": "#9aa4b2", "line": "#333a45", "cell": "#1c2128",
    "window": "#7db2ff", "window-tint": "#1d2f4d",
    "kernel": "#ffb366", "kernel-tint": "#3d2a14",
    "result": "#5fd3a4", "result-tint": "#123427",
    "black": "#000000", "white": "#ffffff",
}, STYLES)  # fmt: skip

#: Black on white, for copiers: a tint below 10 % would be lost there, so there is none. Frames are
#: solid (window), dashed (kernel) and dotted (result); hatches rise (window) and fall (result).
PRINT = Theme({
    **LIGHT, "ink": "#000000", "muted": "#4d4d4d", "line": "#a6a6a6", "cell": "#ffffff",
    "window": "#000000", "window-tint": "#ffffff",
    "kernel": "#000000", "kernel-tint": "#ffffff",
    "result": "#000000", "result-tint": "#ffffff",
}, {
    **STYLES,
    "window-cell": replace(STYLES["window-cell"], hatch=1),
    "kernel": replace(STYLES["kernel"], dash=(7, 4)),
    "result": replace(STYLES["result"], dash=(3, 2)),
    "result-cell": replace(STYLES["result-cell"], hatch=-1),
})  # fmt: skip

#: The colours of Okabe and Ito, darkened until they can be read. They differ in lightness too, so
#: that they are told apart without red, green or blue (test_roles_are_told_apart).
COLOUR_BLIND = Theme({
    **LIGHT,
    "window": "#006cab", "window-tint": "#e3f1fb",
    "kernel": "#b04a00", "kernel-tint": "#ffeccc",
    "result": "#00402d", "result-tint": "#cfeee2",
}, STYLES)  # fmt: skip

THEMES: Mapping[str, Theme] = {
    "light": LIGHT, "dark": DARK, "print": PRINT, "colour-blind": COLOUR_BLIND
}  # fmt: skip

#: Text of these roles is read on these inks; the contrast test walks this table.
READ_ON: Mapping[Role, tuple[Ink, ...]] = {
    "ink": ("paper", "cell", "window-tint", "kernel-tint", "result-tint"),
    "muted": ("paper", "cell"),
    "window-ink": ("paper", "window-tint"),
    "kernel-ink": ("paper", "kernel-tint", "window-tint"),
    "result-ink": ("paper", "result-tint"),
}


@lru_cache(maxsize=1 << 12)
def grey(level: Shade) -> str:
    """Return a grey value, or red, green and blue, as a colour.

    >>> grey(0), grey(255), grey((255, 128, 0))
    ('#000000', '#ffffff', '#ff8000')
    """
    red, green, blue = level if isinstance(level, tuple) else (level,) * 3
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(maxsize=1 << 12)
def on_grey(level: Shade) -> Role:
    """Return the role of text that is read on a grey value or a colour.

    >>> on_grey(20), on_grey(200), on_grey((0, 0, 255))
    ('on-dark', 'on-light', 'on-dark')
    """
    on_white = contrast(grey(level), LIGHT["white"])
    return "on-dark" if on_white > contrast(grey(level), LIGHT["black"]) else "on-light"


@lru_cache(maxsize=1 << 12)
def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2, "contrast ratio".

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"), 1), contrast("#777777", "#777777")
    (21.0, 1.0)
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def css() -> str:
    """Return the style sheet by which a page inks its inline figures, light and dark."""
    # Paper is white, whatever the screen was.
    dark = f'@media screen{{[data-md-color-scheme="slate"]{{{_variables(DARK)}}}}}'
    return "\n".join([f":root{{{_variables(LIGHT)}}}", dark, *_rules(STYLES)]) + "\n"


def css_alone(theme: Theme) -> str:
    """Return the same for a page that stands alone: light by day and dark by night, or a theme.

    >>> "prefers-color-scheme" in css_alone(LIGHT), "prefers-color-scheme" in css_alone(PRINT)
    (True, False)
    """
    sheets = [f":root{{color-scheme:light;{_variables(theme)}}}"]
    if theme is DARK:
        sheets = [f":root{{color-scheme:dark;{_variables(theme)}}}"]
    if theme is LIGHT:
        night = f":root{{color-scheme:dark;{_variables(DARK)}}}"
        sheets.append(f"@media screen and (prefers-color-scheme:dark){{{night}}}")
    return "\n".join([*sheets, *_rules(theme.styles)]) + "\n"


def _variables(theme: Theme) -> str:
    return "".join(f"--cb-{ink}:{colour};" for ink, colour in theme.items())


def _rules(styles: Mapping[Role, Style]) -> list[str]:
    rules = [f".cb-{role}{{{_declarations(style)}}}" for role, style in styles.items()]
    # A number drawn as text takes no outline, whatever the role of its frame.
    return [
        *rules,
        "text[class^=cb-]{stroke:none}",
        # A line that does not come back to its start has no inside.
        ".cb-open{fill:none}",
        # As wide as they were measured.
        ".cb-svg text{font-variant-numeric:tabular-nums;font-kerning:none}",
    ]


def _declarations(style: Style) -> str:
    fill = f"var(--cb-{style.fill})" if style.fill else "none"
    if style.hatch:
        fill = f"url(#{hatch_name(style.hatch)})"
    said = [f"fill:{fill}"]
    if style.stroke:
        said += [f"stroke:var(--cb-{style.stroke})", f"stroke-width:{style.width:g}"]
    if style.dash:
        said.append("stroke-dasharray:" + " ".join(f"{length:g}" for length in style.dash))
    return ";".join(said)


def hatch_name(slope: Slope) -> str:
    """Return what a page calls the pattern of a hatch.

    >>> hatch_name(1)
    'cb-rising'
    """
    return "cb-rising" if slope == 1 else "cb-falling"
