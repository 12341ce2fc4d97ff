"""The page of named kernels says what the engine knows, and where each comes from."""

from fractions import Fraction

import numpy as np

from generator import api
from generator.numerals import Number
from generator.site import kernels

NAMED = api.named_kernels()


def rows(name: str) -> np.ndarray:
    return np.array([[Fraction(each) for each in row] for row in NAMED[name].rows], dtype=object)


def test_every_kernel_has_its_section_and_its_origin() -> None:
    (text,) = kernels.pages().values()
    assert list(kernels.ORIGINS) == list(NAMED)
    for name, kernel in NAMED.items():
        section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert kernel.says in section
        assert kernels.ORIGINS[name] in section
        assert f"kernels: [{name}]" in section
        assert section.count("&") == len(kernel.rows) * (len(kernel.rows[0]) - 1)


def test_what_is_said_of_the_sum() -> None:
    sums: dict[Number, str] = {0: "black", 1: "keeps", Fraction(1, 2): "0.5 times", -1: "−1 times"}
    for total, word in sums.items():
        assert word in kernels._sum(total)


def test_what_is_said_of_origins_is_true() -> None:
    for name, line in (("gaussian", [1, 2, 1]), ("gaussian-5", [1, 4, 6, 4, 1])):
        assert (rows(name) * sum(line) ** 2 == np.outer(line, line)).all()
    assert (rows("sharpen") == rows("identity") + rows("laplacian-4")).all()
    slope = rows("emboss") - rows("identity")
    assert (slope == -slope[::-1, ::-1]).all()
    for name in ("prewitt", "sobel", "scharr"):
        assert (rows(f"{name}-y") == rows(f"{name}-x").T).all()
