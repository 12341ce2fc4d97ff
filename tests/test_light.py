"""What is not needed is not imported: the command line answers at once."""

import subprocess
import sys

import pytest

HEAVY = ["numba", "numpy", "PIL", "mkdocs", "markdown", "resvg_py", "typst"]


def imported(*words: str) -> set[str]:
    """Return the top-level modules that a command line has imported when it ends."""
    code = (
        "import sys; sys.argv = ['convbook', *sys.argv[1:]]\n"
        "from generator.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('\\x00' + ' '.join({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, check=True, text=True
    )
    return set(done.stdout.rpartition("\x00")[2].split())


def test_help_imports_nothing_heavy() -> None:
    assert not imported("--help") & {*HEAVY, "yaml"}


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["figure", "convolution", "--help"],
        [
            "figure",
            "convolution",
            "--input",
            "[[1,2],[3,4]]",
            "--kernel",
            "[[1]]",
            "--format",
            "svg",
        ],
        ["figure", "output-size", "--size", "7", "--kernel", "3", "--format", "json"],
        *(
            ["figure", kind, "--format", "svg"]
            for kind in (
                "multi-channel",
                "many-kernels",
                "pointwise",
                "bottleneck",
                "layer-shape",
                "feature-composition",
                "shift",
                "activation",
                "dense-vs-convolution",
                "global-pooling",
                "receptive-field",
                "recurrent-vs-convolution",
                "softmax",
            )
        ),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_small_examples_wait_for_nothing(words: list[str]) -> None:
    assert not imported(*words) & set(HEAVY)


def test_a_sheet_waits_for_no_compiler(tmp_path: object) -> None:
    found = imported("sheet", "--families", "output-size", "--seed", "a", "-o", str(tmp_path))
    assert not found & set(HEAVY)


def test_importing_the_package_is_light() -> None:
    code = "import sys, generator as cb; cb.figure; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {name.split(".")[0] for name in done.stdout.split()} & set(HEAVY)
