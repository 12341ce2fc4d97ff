"""The code of the course's pages in PyTorch and Keras gives what the figures beside it show."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mkdocs.utils.meta import get_data

from generator.errors import Problem
from generator.site import glossary
from generator.site.cell import Value, channels_first, difference, execute, squeezed, value_of
from generator.site.code import Code, wanted
from generator.site.page import Page
from generator.site.place import Place
from generator.site.studio import Studio

os.environ["KERAS_BACKEND"] = "torch"
ROOT = Path(__file__).parents[2]
GLOSSARY, _ = glossary.read((ROOT / "docs" / glossary.SOURCE).read_text("utf-8"), "")
#: float32 keeps seven digits, and sums lose one.
NEAR = 1e-5


def framed(text: str, path: str) -> list[tuple[Page, Code, tuple[Code, ...]]]:
    """Return each piece of code in a framework, with what runs before it on its page."""
    words, _ = get_data(text)
    place = Place(path, text.count("\n") - words.count("\n"))
    page = Page(Studio(), place, glossary=GLOSSARY)
    page.compose(words, stash=lambda html: "")
    assert not page.problems
    return [
        (page, code, tuple(each for each in page.codes[:place] if each.way == "run"))
        for place, code in enumerate(page.codes)
        if code.way != "run"
    ]


def check(page: Page, code: Code, before: tuple[Code, ...]) -> None:
    """Run what stands before, then the code with copies of those arrays, and compare."""
    names: dict[str, Any] = {"__name__": "__main__", "np": np}
    for each in before:
        execute(each.fence.body, names)
    # torch works on the arrays it is given; what it changes must not reach the next piece.
    names = {key: np.copy(it) if isinstance(it, np.ndarray) else it for key, it in names.items()}
    found = value_of(execute(code.fence.body, names, page.place.at(code.fence.first)))
    result = wanted(code, page.figures, page.place)
    if result is None:
        return
    assert not isinstance(result, Problem)
    assert found is not None, "the last line gives no array"
    while isinstance(result, tuple) and len(result) == 1:
        result = result[0]
    found = Value(squeezed(found.shape), found.numbers)
    if code.layout == "channels_last":
        moved = channels_first(found)
        found = Value(squeezed(moved.shape), moved.numbers)
    assert difference(found, result, near=NEAR, digits=code.digits) is None


FOUND = [
    each
    for path in sorted((ROOT / "docs").rglob("*.md"))
    if "python " in (text := path.read_text("utf-8"))
    for each in framed(text, str(path.relative_to(ROOT)))
]


@pytest.mark.parametrize("each", FOUND, ids=lambda e: e[0].place.at(e[1].fence.first))
def test_a_page_s_code_gives_what_its_figure_shows(
    each: tuple[Page, Code, tuple[Code, ...]],
) -> None:
    check(*each)


def test_there_is_some_in_both() -> None:
    assert {code.way for _, code, _ in FOUND} == {"torch", "keras"}


PAGE = """```figure
kind: many-kernels
id: many
```

```figure
kind: convolution
id: conv
input: [[1, 2, 4], [3, 4, 8]]
kernel: [[1, -1]]
```

```python run
x = np.array([[1, 2, 4], [3, 4, 8]])
w = np.array([[1, -1]])
```

```python torch same=conv
import torch
x = torch.tensor(x)[None, None].float()
torch.nn.functional.conv2d(x, torch.tensor(w)[None, None].float())
```

```python keras same=conv layout=channels_last
import keras
layer = keras.ops.conv(x[None, :, :, None].astype("float32"), w[:, :, None, None].astype("float32"))
print(layer)
```

```python torch same=conv
[[-1, -2], [-1, -3]]
```
"""


def test_what_is_right_passes_and_what_is_wrong_does_not() -> None:
    right, keras, wrong = framed(PAGE, "docs/x.md")
    check(*right)
    check(*keras)
    with pytest.raises(AssertionError, match="-3 at"):
        check(*wrong)
