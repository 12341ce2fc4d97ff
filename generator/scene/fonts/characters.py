"""The characters each of the fonts must have; `make.py` fails when one is nowhere."""

from unicodedata import category

__all__ = ["COMMON_MATHS", "FIGURE", "MATHS", "MONO", "PAGES", "PRIMES", "TABULAR"]


def _span(*ranges: tuple[int, int]) -> str:
    """Assigned characters of inclusive code point ranges.

    >>> _span((0x30, 0x33), (0x1D453, 0x1D457))  # italic h is ℎ, elsewhere: a hole
    '0123𝑓𝑔𝑖𝑗'
    """
    codes = (code for first, last in ranges for code in range(first, last + 1))
    return "".join(char for char in map(chr, codes) if category(char) != "Cn")


_LATIN = _span((0x20, 0x7E), (0xA0, 0xFF))
_GREEK = _span((0x391, 0x3A9), (0x3B1, 0x3C9))

# What figures write; glyphs.json has it in every weight, and so have the Inter files of the pages.
FIGURE = (
    _LATIN
    + _span((0x100, 0x17F))
    + _GREEK
    + "−∗≠≤≥≈∑∏√∞∂∈∇→←↑↓↔⌊⌋⌈⌉⅓…–—‘’‚“”„‹›•′″⋆⊕⊗⊙✓✗□▪●○▶◀"
    + "⁰⁴⁵⁶⁷⁸⁹⁻⁺ⁿ₀₁₂₃₄₅₆₇₈₉"  # ¹²³ are Latin-1
    + "\u2007\u2009\u202f"  # spaces: as wide as a digit, thin, thin and unbreakable
)


# Signs between numbers are as wide as a digit, so that columns line up. Inter's own tnum also
# widens the hyphen, the brackets and the space: not here, a figure sets words in the same style.
TABULAR = "0123456789.,+−=×÷±<>≤≥≠≈"

# On the pages besides.
PAGES = "‐‑‒―‖†‡‰‱‴⁄€™ℓ⅔⅕⅙⅛⇒⇐⇔↗↘↙↖★☆△▲▼▽■"

MONO = (
    _LATIN
    + _GREEK
    + "−≠≤≥≈∑√∞→←↑↓↔…–—‘’“”•✓✗■□▲▼░▒▓"
    + _span((0x2500, 0x257F), (0x2581, 0x258F))  # boxes, bars
)

MATHS = (
    _span((0x20, 0x7E))
    + _GREEK
    + "\u00a0¨¬¯°±´·×÷ıȷˆˇ˘˙˜ϑϕϖϱϵ"
    + "".join(map(chr, [*range(0x300, 0x309), 0x30A, 0x30C, 0x332, 0x338, 0x20D6, 0x20D7]))
    + _span((0x2002, 0x200A), (0x2061, 0x2064))  # spaces; invisible operators
    + "–—‖‘’“”†‡•…′″‴⁗ℂℋℎℏℐℑℒℓℕℙℚℛℜℝℤℬℰℱℳ"
    + "←↑→↓↔↕↖↗↘↙↦⇐⇑⇒⇓⇔⟵⟶⟷⟸⟹⟺⟼"
    + "∀∂∃∅∆∇∈∉∋∏∐∑−∓∕∖∗∘∙√∝∞∠∣∤∥∦∧∨∩∪∫∬∭∮∴∼≃≅≈≔≜≟≠≡≤≥≪≫≺≻⊂⊃⊆⊇"
    + "⊕⊖⊗⊘⊙⊤⊥⊢⊨⋀⋁⋂⋃⋅⋆⋮⋯⋰⋱⌈⌉⌊⌋⎴⎵⏜⏝⏞⏟■□▲△▶◀●○✓⟂⟦⟧⟨⟩⨀⨁⨂⨯⩽⩾"
    + _span((0x1D400, 0x1D49B), (0x1D538, 0x1D551), (0x1D6A4, 0x1D6A5))
    + "𝒜𝒞𝒟𝒢𝒥𝒦𝒩𝒪𝒫𝒬𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵"
    + _span((0x1D6A8, 0x1D755), (0x1D7CE, 0x1D7D7))
)

# Most formulas need no more: a page fetches the rest only if it has one of the rest.
COMMON_MATHS = (
    _span((0x20, 0x7E))
    + "\xa0±·×ˆ′∂√∞∈∏∑−∗⋆≈≠≤≥⋅⌈⌉⌊⌋…⋯→⟶⏟ϕ"
    + _span((0x3B1, 0x3C9), (0x2061, 0x2064), (0x1D434, 0x1D467), (0x1D6FC, 0x1D71B))
    + "ℎ"
)

# They sit low and large unless set as superscripts. Other small forms of Latin Modern Math, one or
# two for each letter, would more than double the file, and not every browser asks for them.
PRIMES = "′″‴⁗"
