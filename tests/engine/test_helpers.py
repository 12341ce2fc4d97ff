"""Threads that help: called, left alone, and forgotten."""

import threading
import time

import numpy as np
import pytest

from generator.engine import helpers, jit

BIG = 1 << 20


@pytest.fixture(autouse=True)
def three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jit, "cores", lambda: 3)


def test_helpers_are_hired_once() -> None:
    for _ in range(50):
        jit.in_bands(lambda top, bottom: None, 3, BIG)
    hired = [thread for thread in threading.enumerate() if thread.name == "convbook"]
    assert len(hired) <= max(2, len(helpers._hired))
    assert len(helpers._idle) >= 2
    assert all(thread.daemon for thread in hired)


def test_a_band_may_be_shared_among_others() -> None:
    counts = np.zeros((6, 6), int)

    def outer(top: int, bottom: int) -> None:
        for row in range(top, bottom):

            def inner(left: int, right: int, row: int = row) -> None:
                counts[row, left:right] += 1

            jit.in_bands(inner, 6, BIG)

    jit.in_bands(outer, 6, BIG)
    assert (counts == 1).all()


def test_many_threads_may_ask_at_once() -> None:
    counts = np.zeros((8, 30), int)

    def ask(caller: int) -> None:
        def run(top: int, bottom: int) -> None:
            counts[caller, top:bottom] += 1

        for _ in range(40):
            jit.in_bands(run, 30, BIG)

    callers = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert (counts == 40).all()


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_an_error_ends_nothing_but_its_call(bad: int) -> None:
    counts = np.zeros(3, int)

    def run(top: int, bottom: int) -> None:
        if top == bad:
            raise ValueError(f"band {top}")
        counts[top:bottom] += 1

    for _ in range(3):
        counts[:] = 0
        with pytest.raises(ValueError, match=f"band {bad}"):
            jit.in_bands(run, 3, BIG)
        assert counts.sum() == 2  # the others have come to their ends


def test_where_no_thread_can_be_made_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> helpers.Helper:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(helpers, "_idle", [])
    monkeypatch.setattr(helpers, "_hired", [])
    monkeypatch.setattr(helpers, "Helper", none)
    bands: list[tuple[int, int]] = []
    jit.in_bands(lambda top, bottom: bands.append((top, bottom)), 9, BIG)
    assert bands == [(0, 9)]


def test_who_is_not_waited_for_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(jobs: list[helpers.Job]) -> list[BaseException]:
        raise KeyboardInterrupt

    jit.in_bands(lambda top, bottom: None, 3, BIG)
    hired = len(helpers._hired)
    for _ in range(20):
        with monkeypatch.context() as patch:
            patch.setattr(helpers, "results", interrupted)
            with pytest.raises(KeyboardInterrupt):
                jit.in_bands(lambda top, bottom: None, 3, BIG)
    end = time.monotonic() + 10
    while len(helpers._idle) < 2 and time.monotonic() < end:
        time.sleep(0.001)
    assert len(helpers._idle) == len(helpers._hired) == hired
    done = np.zeros(3, int)

    def run(top: int, bottom: int) -> None:
        done[top:bottom] += 1

    jit.in_bands(run, 3, BIG)
    assert done.tolist() == [1, 1, 1]


def test_who_was_given_nothing_is_sent_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(helper: helpers.Helper, run: helpers.Run, top: int, bottom: int) -> helpers.Job:
        raise KeyboardInterrupt

    jit.in_bands(lambda top, bottom: None, 3, BIG)
    before = len(helpers._idle)
    with monkeypatch.context() as patch:
        patch.setattr(helpers.Helper, "start", interrupted)
        with pytest.raises(KeyboardInterrupt):
            jit.in_bands(lambda top, bottom: None, 3, BIG)
    # The one that was about to be asked is lost, no other.
    assert len(helpers._idle) >= before - 1
