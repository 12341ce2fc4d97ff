"""The spec language: what is written is read back, whoever writes it."""

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import api
from generator.errors import UserError
from generator.numerals import exact, plain, shown, written
from generator.spec import write

NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6),
    st.fractions(min_value=-100, max_value=100, max_denominator=200),
    st.decimals(-1000, 1000, places=4).map(lambda d: exact(str(d))),
)


def matrices(most: int) -> st.SearchStrategy[list[list[int | Fraction]]]:
    sizes = st.tuples(st.integers(1, most), st.integers(1, most))
    return sizes.flatmap(
        lambda size: st.lists(
            st.lists(NUMBERS, min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )


SIDES = st.one_of(st.integers(0, 2), st.tuples(st.integers(0, 2), st.integers(0, 2)))
CONVOLUTIONS = st.fixed_dictionaries(
    {"kind": st.just("convolution"), "input": matrices(6), "kernel": matrices(3)},
    optional={
        "stride": st.one_of(st.integers(1, 3), st.tuples(st.integers(1, 3), st.integers(1, 3))),
        "padding": st.one_of(
            st.integers(0, 3), st.tuples(SIDES, SIDES), st.sampled_from(["valid", "same", "full"])
        ),
        "padding_mode": st.sampled_from(["zeros", "reflect", "replicate", "circular"]),
        "dilation": st.integers(1, 2),
        "bias": NUMBERS,
        "flip": st.booleans(),
        "title": st.text(max_size=40).filter(lambda text: " ".join(text.split()).isprintable()),
    },
)


@settings(max_examples=300, deadline=None)
@given(CONVOLUTIONS)
def test_any_spec_survives_every_spelling(values: dict[str, object]) -> None:
    try:
        spec = api.read(values)
    except UserError:
        return
    assert api.read(write.mapping(spec)) == spec
    assert api.read(api.load_yaml(write.yaml(spec)).values) == spec
    assert eval(write.python(spec), {"cb": api}).spec == spec
    assert write.key(api.read(write.mapping(spec))) == write.key(spec)


@given(NUMBERS)
def test_a_number_survives(value: int | Fraction) -> None:
    assert exact(plain(value)) == value
    assert exact(written(value)) == value
    assert exact(shown(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("010", 10), ("1e3", 1000), ("-.5", Fraction(-1, 2)), ("−3", -3), (" 2 / 4 ", Fraction(1, 2)),
     ("+7", 7), ("0.1", Fraction(1, 10)), ("1_000", 1000), ("1/0", None), ("0x10", None),
     ("", None), ("1e99999999", None), ("9" * 50, None), ("inf", None), ("-nan", None)],
)  # fmt: skip
def test_how_numbers_are_read(text: str, value: int | Fraction | None) -> None:
    if value is None:
        with pytest.raises(ValueError, match=r"."):
            exact(text)
    else:
        assert exact(text) == value


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_yaml_stumble(text: str) -> None:
    """Whatever is written in a fence: a document, or a problem in words."""
    try:
        api.load_yaml(text, "page.md", 3)
    except UserError as error:
        places = [problem.where for problem in error.problems]
    else:
        places = []
    assert all(place.startswith("page.md:") for place in places)


TOKENS = st.lists(
    st.sampled_from(["a: ", "input: ", "[", "]", "{", "}", ", ", "1", "'", '"', "&x ", "*x", "- ",
                     "\n", " ", "null", "~", "? ", "!!int ", "|", ">", "#", "---\n"]),
    max_size=14,
).map("".join)  # fmt: skip


@given(TOKENS)
@settings(max_examples=500, deadline=None)
@example("input: {[1,2],[3,4]}")
@example("input: &x [*x]")
@example("input: " + "[" * 350 + "]" * 350)
def test_no_yaml_makes_it_stumble(text: str) -> None:
    try:
        document = api.load_yaml(text, "page.md", 3)
    except UserError:
        return
    assert document.values.keys() == document.lines.keys()


@pytest.mark.parametrize("title", ["null", "~", "true", "12", "a: b", "- c", "'", "#no"])
def test_any_title_is_a_title(title: str) -> None:
    spec = api.figure("output-size", size=3, kernel=1, title=title).spec
    assert api.read(api.load_yaml(write.yaml(spec)).values).title == title


def test_lines_of_keys() -> None:
    document = api.load_yaml("kind: pooling\n\n# why\nsize: 2\ninput:\n  - [1]\n", "p.md", 10)
    assert document.lines == {"kind": 10, "size": 13, "input": 14}


def test_drawn_for_ever() -> None:
    """These numbers are printed on sheets; they may never change."""
    values = {"shape": [2, 5], "low": -9, "high": 9, "seed": "fern-12"}
    fig = api.figure("pooling", input=values, size=1)
    assert fig.result == ((0, -1, 0, 0, 3), (8, 3, -2, -8, -6))
