"""Whether a broken family is found out, and a stranger's file is at home."""

import json
import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import api
from generator.cli.main import cli
from generator.errors import UserError
from generator.exercises import _families
from generator.exercises._check import check, estimate
from generator.exercises._families import FAMILIES, Families

TUTORIAL = Path(__file__).parents[2] / "docs/make/families.md"


@pytest.fixture(autouse=True)
def strangers_stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test loads is gone after it."""
    monkeypatch.setattr(FAMILIES, "_loaded", {})


def example() -> str:
    """The family of the tutorial, as it stands on the page."""
    match = re.search(r'```python title="crop.py"\n(.*?)```', TUTORIAL.read_text("utf-8"), re.S)
    assert match
    return match[1]


def written(folder: Path, name: str, **changes: str) -> Path:
    """The tutorial's family under another name, with some of its text changed."""
    text = example().replace('name="crop"', f'name="{name}"')
    for what, new in changes.items():
        old = {
            "closed": "return (d.rows - 2 * d.cut) * (d.columns - 2 * d.cut)\n",
            "slip": "lambda d: d.rows * d.columns",
            "draw": "    most = (20, 40, 90)[level - 1]\n",
            "work": "Work(3),  #",
            "called": f'name="{name}"',
            "words": "{d.rows - 2 * d.cut}",
            "parts": 'form=OneNumber(unit="pixels")',
        }[what]
        assert old in text
        text = text.replace(old, new)
    file = folder / f"{name}.py"
    file.write_text(text, "utf-8")
    return file


def test_the_tutorials_family_is_about_forty_lines_and_sound(tmp_path: Path) -> None:
    assert len([line for line in example().splitlines() if line.strip()]) <= 60
    (name,) = api.families([str(written(tmp_path, "crop-one"))])
    reports = list(check([name], 300, workers=1))
    assert [report.failures for report in reports] == [(), (), ()]
    assert all(report.drawn == 300 for report in reports)
    assert name in api.catalogue()["families"]
    made = api.sheet([name], 3, "fern-12")
    assert {exercise.family for exercise in made.exercises} == {name}
    assert api.exercise(made.exercises[0].id) == made.exercises[0]


BROKEN = {
    "closed": ("    return d.rows\n", "the formula gives "),
    "slip": ("lambda d: left(d)", "not one fair exercise in 1000 draws"),
    "draw": ("    most = [][level]\n", "IndexError: list index out of range"),
    "work": ("Work(7),  #", "not one fair exercise in 1000 draws"),
    "parts": ("form=OneNumber()", ""),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_family_is_named_with_its_seed_and_the_others_go_on(
    what: str, tmp_path: Path
) -> None:
    new, says = BROKEN[what]
    file = written(tmp_path, f"crop-{what}", **{what: new})
    result = CliRunner().invoke(
        cli, ["check", str(file), "output-size", "--n", "20", "--workers", "1", "--format", "json"]
    )
    reports = json.loads(result.stdout)
    assert [report["family"] for report in reports] == [f"crop-{what}"] * 3 + ["output-size"] * 3
    assert not any(report["failures"] for report in reports[3:])
    if says:
        assert result.exit_code == 1
        for report in reports[:3]:
            assert all(says in failure["why"] for failure in report["failures"])
            assert report["failures"][0]["seed"] == "check-0"
    else:
        assert result.exit_code == 0


def test_a_family_that_hangs_is_stopped(tmp_path: Path) -> None:
    file = written(
        tmp_path, "crop-hangs", draw="    while level == 2:\n        pass\n    most = 40\n"
    )
    program = (
        "from generator.exercises import _check, _watch\n"
        "from generator.exercises._families import FAMILIES\n"
        "_watch.PATIENCE = 0.2\n"
        f"name = FAMILIES.load({str(file)!r})\n"
        "for report in _check.check([name], 3, workers=1):\n"
        "    print(report.level, report.drawn, [failure.why for failure in report.failures])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    why = "TimeoutError: no answer after 0.2 seconds"
    assert done.stdout.splitlines() == ["1 3 []", f"2 0 {[why] * 3}", "3 3 []"]


def test_processes_find_the_same_as_one_alone(tmp_path: Path) -> None:
    file = written(tmp_path, "crop-twice")
    (name,) = api.families([str(file)])
    alone, together = (list(check([name], 700, workers=workers)) for workers in (1, 2))
    for one, other in zip(alone, together, strict=True):
        assert (one.distinct, one.capacity, one.answers) == (
            other.distinct, other.capacity, other.answers,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = 1\n", "no FAMILY in this file"),
        ("def x(:\n", ":1: no Python: invalid syntax"),
        ("\nx = 1 / 0\n", ":2: stopped with ZeroDivisionError: division by zero"),
        ("FAMILY = 7\n", "FAMILY: got 7, wanted a Family"),
    ],
)
def test_a_file_without_a_family(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(text, "utf-8")
    with pytest.raises(UserError, match=r"mine\.py") as caught:
        api.families([str(file)])
    assert says in str(caught.value)


def test_everything_wrong_with_a_family_is_told_at_once(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "crop-odd",
        called='name="Crop it"',
        parts="points=(1,), form=3",
        work="Work(3),  #",
    )
    with pytest.raises(UserError) as caught:
        api.families([str(file), "no-such-family"])
    text = str(caught.value).replace(str(file), "odd.py")
    assert text.splitlines()[:3] == [
        "odd.py: name: got Crop it, wanted lower-case words with hyphens, such as output-size",
        "odd.py: parts, 1: points: got [1], wanted a number for each of 3 levels",
        "odd.py: parts, 1: form: got 3, wanted OneNumber, Several, Matrix or Options",
    ]
    assert "unknown exercise family 'no-such-family'" in text


def test_a_name_that_is_taken(tmp_path: Path) -> None:
    file = written(tmp_path, "output-size")
    with pytest.raises(UserError, match="name: got output-size, wanted a name that no other"):
        api.families([str(file)])


def test_a_package_may_bring_families(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "crop-plugin").rename(tmp_path / "some_plugin.py")
    monkeypatch.syspath_prepend(tmp_path)
    point = EntryPoint("crop-plugin", "some_plugin:FAMILY", _families.GROUP)
    monkeypatch.setattr(_families, "entry_points", lambda group: [point])
    families = Families()
    assert "crop-plugin" in families
    assert "crop-plugin" in list(families)
    assert families["crop-plugin"].title == "A cropped picture"


def test_an_estimate_from_below() -> None:
    draws = [(7 * n * n + 3 * n) % 101 % 50 for n in range(60)]
    seen = {each: draws.count(each) for each in draws}
    assert len(seen) <= estimate(seen.values())
    assert estimate([2, 2, 3]) == 3


def test_nothing_asked_for() -> None:
    result = CliRunner().invoke(cli, ["check"])
    assert isinstance(result.exception, UserError)
    assert "names of families, or --all" in str(result.exception)


def test_families_can_be_asked_for_by_name_only() -> None:
    assert "output-size" in FAMILIES
    assert "zebra" not in FAMILIES
    with pytest.raises(KeyError):
        FAMILIES["zebra"]
