"""What is asked of a figure in the running text, for every figure of the gallery."""

from fractions import Fraction
from math import prod
from pathlib import Path

import pytest
from PIL import Image

from generator import api
from generator.errors import UserError
from generator.site.math import mathml
from generator.site.numbers import SUCH, ask


def evaluated(arithmetic: str) -> Fraction:
    """Return the value of a sum of products, exactly."""
    plain = arithmetic.replace("−", "-").replace("(", "").replace(")", "").replace(",", "")
    return sum(
        (prod(map(Fraction, term.split("·")), start=Fraction(1)) for term in plain.split(" + ")),
        Fraction(0),
    )


def test_sums_add_up(figure: api.Figure) -> None:
    for step in figure.steps:
        if not step.terms:
            continue
        left, right = ask(figure, f"sum {step.index}").text.split(" = ")
        assert evaluated(left) == evaluated(right) == step.value, left


def test_long_numbers_are_grouped() -> None:
    figure = api.figure("convolution", input=[[1234, 0.125]], kernel=[[-1000, 1]])
    assert ask(figure, "step 1").text == "−1,233,999.875"
    assert ask(figure, "sum 1").text == "1,234·(−1,000) + 0.125·1 = −1,233,999.875"
    assert ask(figure, "step 1").tex == "-1{,}233{,}999.875"


def test_every_parameter_is_said_or_not_given(figure: api.Figure) -> None:
    for name in api.fields_of(type(figure.spec.params)):  # type: ignore[arg-type]
        if getattr(figure.spec.params, name) in (None, ()):
            with pytest.raises(UserError, match=f"^{name} is not given$"):
                ask(figure, name)
        else:
            assert mathml(ask(figure, name).tex)


def test_without_a_word_nothing_is_said() -> None:
    figure = api.figure("pooling", input=[[1, 2], [3, 4]])
    for words in ("", " "):
        with pytest.raises(UserError, match=f"^{SUCH} is missing$"):
            ask(figure, words)


@pytest.mark.parametrize("sign", [*"{}$%&#_\\^~<", "\\begin"])
def test_signs_of_tex_are_only_seen(sign: str, tmp_path: Path) -> None:
    photo = tmp_path / f"a{sign}.png"
    Image.new("L", (8, 8)).save(photo)
    figure = api.figure("filter", photo=str(photo), kernel="sobel-x")
    seen = mathml(ask(figure, "photo").tex)
    assert seen.startswith("<math><mtext>")
    assert seen.count("<m") == 2
    if sign not in ("^", "~", "<", "&"):
        assert f"a{sign}.png" in seen
