"""The parts of the benchmark that need nothing to compare with; the rest runs in `make bench`."""

import doctest
import time

from bench import measure, report


def test_examples() -> None:
    for room in (measure, report):
        found = doctest.testmod(room)
        assert found.attempted
        assert not found.failed


def test_what_takes_longer_takes_longer() -> None:
    case = measure.Case("sleep", lambda: time.sleep(0.001), {"twice": lambda: time.sleep(0.002)},
                        {"twice": 0.01}, flops=1000)  # fmt: skip
    found = measure.measured(case)
    assert found.ours < found.peers["twice"]
    assert 0 < found.ratios["twice"] < 1
    text = report.table([found], peak=1e9)
    assert "| sleep | " in text
    assert "| ≤ 0.01, missed |" in text
    assert report.met([found]) == "0 of 1 goals are met."


def test_a_loop_twice_as_long_has_slope_one() -> None:
    assert measure.slope([10, 20, 40], [1, 2, 4]) == 1
    assert measure.slope([10, 20, 40], [1, 4, 16]) == 2
