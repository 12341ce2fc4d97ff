"""The table of arguments on the page about PyTorch and Keras names what the two really have."""

import inspect
import os
import re
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

from keras.layers import Conv2D
from torch.nn import Conv2d

PAGE = Path(__file__).parents[2] / "docs/learning/frameworks.md"


def column(number: int) -> list[str]:
    """Return the names in a column of the table, without its head."""
    text = PAGE.read_text("utf-8")
    rows = re.findall(r"^\|(.+)\|(.+)\|(.+)\|$", text, re.MULTILINE)[2:]
    return [name for row in rows for name in re.findall("`([a-z_]+)`", row[number])]


def test_every_argument_is_there() -> None:
    torch, keras = column(1), column(2)
    assert (len(torch), len(keras)) == (9, 9)
    assert set(torch) <= set(inspect.signature(Conv2d).parameters)
    assert set(keras) <= set(inspect.signature(Conv2D).parameters)
