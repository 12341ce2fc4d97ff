"""The loops as plain Python, without the compiler: the same numbers, and no line left out."""

import os
import subprocess
import sys
from pathlib import Path

import generator

ROOT = Path(generator.__file__).parents[1]

#: Every line of the table a few times over, and every line of the loops written down that was run.
CODE = """
import sys
import types

import numba

assert numba.config.DISABLE_JIT
from generator.engine import (
    kernels, kernels_conv, kernels_picture, kernels_pool, kernels_winograd
)

loops = (kernels, kernels_conv, kernels_picture, kernels_pool, kernels_winograd)
rooms = {room.__file__: room for room in loops}
seen = set()


def follow(frame, event, _):
    if frame.f_code.co_filename not in rooms:
        return None
    seen.add((rooms[frame.f_code.co_filename].__name__, frame.f_lineno))
    return follow


from engine.test_oracles import ORACLES, check, operation, test_2x2_pooling_has_a_loop_of_its_own

sys.settrace(follow)
for name in ORACLES:
    check(name, 6 if operation(name) in LOOPS and "many" not in name else 1)
test_2x2_pooling_has_a_loop_of_its_own()
from engine.test_fast_conv import winograd_on_an_odd_size

winograd_on_an_odd_size()
from engine.test_filters import every_loop

every_loop()
sys.settrace(None)



def codes(code):
    # Of a function, and of those that are made in it.
    inner = [one for one in code.co_consts if isinstance(one, types.CodeType)]
    return [code] + [one for each in inner for one in codes(each)]


lines = {
    (room.__name__, line)
    for room in rooms.values()
    for loop in vars(room).values()
    for made in [getattr(loop, "__wrapped__", loop)]
    if isinstance(made, types.FunctionType) and made.__module__ == room.__name__
    for code in codes(made.__code__)
    for _, _, line in code.co_lines()
    if line and line > code.co_firstlineno + 1
}
assert len(lines) > 220
print(sorted(lines - seen))
"""
LOOPS = ("conv1d", "conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d", "filter2d")


def test_loops_without_the_compiler() -> None:
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "HOME") if key in os.environ}
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-B", "-c", CODE.replace("LOOPS", repr(LOOPS))],
        env={**kept, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": paths},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip() == "[]", "these lines of the loops were never run"
