"""One kernel over a whole picture, fast: bytes exactly, floats as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from generator.engine.checks import Array, Check
from generator.engine.shapes import PaddingMode
from generator.model import Rows

if TYPE_CHECKING:
    from generator.engine.picture_plan import Plan

#: Plans that are kept, by what they depend on.
_PLANS: dict[tuple[Any, ...], Plan] = {}
_MOST = 64


def filter2d(
    picture: ArrayLike,
    kernel: Rows | ArrayLike,
    padding_mode: PaddingMode = "reflect",
    out: Array | None = None,
) -> Array:
    """Slide one kernel over every channel of a picture, which keeps its size (cross-correlation).

    Parameters
    ----------
    picture : (H, W) or (H, W, C)
        uint8, float32 or float64.
    kernel : (K, L)
        Whole numbers, fractions or floats. Of an even side, the cell before the middle is centre.
    padding_mode
        As for :func:`conv2d`; ``"reflect"`` gives a picture no dark frame.
    out : (H, W) or (H, W, C)
        Where the result is written, if it is given: of the picture's shape and dtype, in one piece
        in reading order, and sharing no memory with the picture.

    Returns
    -------
    (H, W) or (H, W, C)
        Of the picture's dtype. For uint8 it is the exact sum, rounded half up and kept within 0 to
        255; a float weight counts as the simple fraction that it is the nearest float to, like 1/9.

    Raises
    ------
    UserError
        With all problems at once: axes, dtype, weights that are no finite numbers, padding beyond
        what `padding_mode` can make, an `out` that the result cannot be written to.

    Notes
    -----
    What a kernel needs for pictures of one size is worked out once and kept, if the kernel is an
    array or rows of exact numbers as in :data:`NAMED`. Where weights are the products of a column
    and a row, exactly, the picture is filtered by one and then by the other.

    Examples
    --------
    >>> from generator.engine.named import NAMED
    >>> step = np.array([[0, 0, 100, 100]] * 3, np.uint8)
    >>> filter2d(step, NAMED["gaussian"].rows)[1], filter2d(step, NAMED["sobel-x"].rows)[1]
    (array([  0,  25,  75, 100], dtype=uint8), array([  0, 255, 255,   0], dtype=uint8))
    """
    key = _key(picture, kernel, padding_mode)
    plan = None if key is None else _PLANS.get(key)
    if plan is None or not plan.takes(picture, out):
        return _checked(picture, kernel, padding_mode, out, key)
    return plan.run(picture, out)


def _key(picture: Any, kernel: Any, padding_mode: Any) -> tuple[Any, ...] | None:
    """Return what a plan is kept under: all that it depends on, or ``None`` if that may change.

    A kernel is either taken by its bytes, or it cannot change and the plan keeps it alive.
    """
    if type(picture) is not np.ndarray or type(padding_mode) is not str:
        return None
    if type(kernel) is not np.ndarray:
        return picture.shape, picture.dtype, id(kernel), padding_mode
    if kernel.dtype.hasobject:  # its bytes are only addresses
        return None
    weights = kernel.tobytes(), kernel.shape, kernel.dtype
    return picture.shape, picture.dtype, weights, padding_mode


def _checked(
    picture: ArrayLike,
    kernel: Rows | ArrayLike,
    padding_mode: PaddingMode,
    out: Array | None,
    key: tuple[Any, ...] | None,
) -> Array:
    """Check everything, then filter; keep the plan under `key`."""
    check = Check()
    image = check.array("picture", picture, {2: "(H, W)", 3: "(H, W, C)"}, picture=True)
    rows = check.weights("kernel", kernel)
    mode = check.mode(padding_mode)
    plane = None
    if image is not None and rows is not None:
        sizes = (image.shape[:2], (len(rows), len(rows[0])), (1, 1), (1, 1))
        plane = check.plane(("rows", "columns"), sizes, "same", mode)
    if image is not None:
        check.out(out, image.shape, image.dtype, image)
    image, rows, plane = check.sure(image), check.sure(rows), check.sure(plane)

    from generator.engine.picture_plan import plan

    channels = image.shape[2] if image.ndim == 3 else 1
    made = plan(kernel, rows, plane, channels, image.dtype, mode)
    if key is not None and (type(kernel) is np.ndarray or rows is kernel):
        if len(_PLANS) >= _MOST:
            _PLANS.clear()
        _PLANS[key] = made
    return made.run(np.ascontiguousarray(image), out)
