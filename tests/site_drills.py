"""Exercises of every form, to be practised in a browser: families come and go, forms stay."""

from fractions import Fraction

import pytest

from generator import api
from generator.exercises._figure import figure, spec
from generator.paper import (
    Choice,
    Exercise,
    Form,
    Matrix,
    Mistake,
    OneNumber,
    Question,
    Several,
)
from generator.practice import Topic
from generator.prose import Code, Equation, Grid, Math, Prose, Strong, Value, line
from generator.site.practice_files import PracticeFiles

#: Where the forms are put: their files take the place of this family's.
FAMILY = "output-size"
PAGES = {
    "convolution/output-size.md": ("convolution/output-size/", "Output size"),
    "convolution/padding.md": ("convolution/padding/", "Padding"),
    "convolution/stride.md": ("convolution/stride/", "Stride"),
}
PADDING = "convolution/padding.md"

X = ((1, 0, 2, 1), (0, 3, 1, 0), (2, 1, 0, 1), (1, 0, 1, 2))
W = ((1, 0), (0, -1))
MAP = ((-2, -1, 2), (-1, 3, 0), (2, 0, -2))
TURNED = ((2, 1, -2), (1, -3, 0), (-2, 0, 2))


def question(
    form: Form,
    answer: object,
    *mistakes: Mistake,
    prompt: Prose = (),
    also: tuple[object, ...] = (),
) -> Question:
    return Question(prompt, form, answer, also, mistakes, 1)  # type: ignore[arg-type]


def exercise(
    name: str,
    prompt: Prose,
    *questions: Question,
    hints: tuple[Prose, ...] = (line("Look again."), line("Count from 1.")),
    solution: tuple[Prose, ...] = (line("Write it down."), line("That is all.")),
) -> Exercise:
    return Exercise(
        id=f"{FAMILY}.1@1/{name}",
        family=FAMILY,
        title="Size of the feature map",
        level=1,
        page="convolution/output-size.md",
        prompt=prompt,
        questions=questions,
        hints=hints,
        solution=solution,
    )


def forgot(value: object, says: str = "You left out the padding.", page: str = PADDING) -> Mistake:
    return Mistake("padding forgotten", value, says, page)  # type: ignore[arg-type]


DRILLS = {
    each.id.rpartition("/")[2]: each
    for each in (
        exercise(
            "number",
            line("A ", 3, " × ", 3, " kernel slides over ", 7, " rows. How many ",
                 Strong("rows"), " has the map, by ", Math(r"\lfloor (W - K) / S \rfloor + 1"),
                 " with ", Math("S = 2"), "?"),
            question(OneNumber(), 3, forgot(2, "You counted the moves. Or: You < rounded.")),
            solution=(
                line("The window has ", Value(7 - 3), " rows left to move over.",
                     figure("output-size", size=7, kernel=3, stride=2)),
                line(Equation(r"\left\lfloor \frac{7 - 3}{2} \right\rfloor + 1 = 3")),
                line("So there are ", Strong("3"), "."),
            ),
        ),
        exercise(
            "thousands",
            line("A layer of ", 64, " kernels, each ", 3, " × ", 3, " × ", 32,
                 ", with biases: how many weights has it?"),
            question(OneNumber(unit="weights"), 18496, forgot(18432, "You left out the biases."),
                     also=(20000,)),
        ),
        exercise(
            "rounded",
            line("Softmax of ", 1, " against ", 0, ": how probable is it? Round to two decimals."),
            question(OneNumber(places=2), Fraction(73, 100),
                     forgot(Fraction(1, 2), "You shared it out evenly.")),
        ),
        exercise(
            "fraction",
            line("Every cell of a 4 × 4 mean filter weighs the same. How much?"),
            question(OneNumber(), Fraction(1, 16), forgot(Fraction(1, 4))),
        ),
        exercise(
            "several",
            line("A convolution with 64 kernels of 3 × 3, padding 1 and stride 2 reads 32 × 32 × 3."
                 " What is the shape of its output?"),
            question(Several(("rows", "columns", "channels")), (16, 16, 64),
                     forgot((15, 15, 64))),
        ),
        exercise(
            "matrix",
            line("Slide the kernel over the input, stride 1, no padding. Fill in the map.",
                 Grid("Input", X), Grid("Kernel", W)),
            question(Matrix("Feature map"), MAP, forgot(TURNED, "You turned the kernel by 180°.")),
            hints=(
                line("The first window is", Grid("Window", ((1, 0), (0, 3))), "and the kernel has"
                     " two weights that are not 0."),
                line("In the first cell stands 1·1 + 3·(−1) = −2."),
            ),
            solution=(
                line("The first window gives 1·1 + 3·(−1) = −2.",
                     figure("convolution", 1, input=X, kernel=W)),
                line("Go on like this.", figure("convolution", 5, input=X, kernel=W)),
                line("In the end", Grid("Feature map", MAP)),
            ),
        ),
        exercise(
            "wide",
            line("Fill in the row that is missing.",
                 Grid("Input", (tuple(range(10, 20)), (None,) * 10))),
            question(Matrix("Row"), (tuple(range(110, 120)),)),
        ),
        exercise(
            "words",
            line("Which of these keeps the size of the input?"),
            question(
                Choice((line("padding ", 0), line("padding ", 1), line("stride ", 2),
                        line("a kernel of ", 5, " × ", 5, " with dilation ", 2,
                             ", whatever the padding may be"))),
                2, forgot(1), forgot(3, "You made the steps longer.", "convolution/stride.md")),
        ),
        exercise(
            "grids",
            line("Which kernel finds vertical edges?"),
            question(
                Choice(tuple((Grid("Kernel", rows),) for rows in (
                    ((1, 1, 1), (0, 0, 0), (-1, -1, -1)), ((1, 0, -1),) * 3, ((1,) * 3,) * 3))),
                2, forgot(1, "You took the one for horizontal edges.")),
        ),
        exercise(
            "pictures",
            line("Which picture shows stride 2?"),
            question(
                Choice(tuple((figure("output-size", size=7, kernel=3, stride=stride),)
                             for stride in (1, 2, 3))),
                2,
                Mistake("stride 1", 1, "You took the one that visits every place.",
                        "convolution/stride.md", figure=spec("output-size", size=7, kernel=3))),
        ),
        exercise(
            "code",
            line("Which line is wrong?",
                 Code(("for i in range(H - K + 1):", "    for j in range(W - K + 1):",
                       "        h[i, j] = (w @ x[i : i + K, j : j + K]).sum()  # a long line, for"
                       " a narrow phone"))),
            question(
                Choice(tuple((Code((text,)),) for text in (
                    "for i in range(H - K + 1):",
                    "h[i, j] = (w @ x[i : i + K, j : j + K]).sum()"))),
                2, forgot(1)),
        ),
        exercise(
            "parts",
            line("A 3 × 3 kernel reads 7 × 7 pixels with padding 1."),
            question(OneNumber(unit="rows"), 7, forgot(5), forgot(6, "You padded one side."),
                     prompt=line("How many rows has the map?")),
            question(
                OneNumber(), 49,
                Mistake("doubled", 14, "You doubled the side.", "convolution/stride.md"),
                Mistake("carried forward from part a: padding forgotten", 25,
                        "You went on rightly from a wrong answer. You left out the padding.",
                        PADDING, carried=True),
                prompt=line("How many cells has it?"),
            ),
        ),
    )
}  # fmt: skip


def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | bytes]:
    """Return the files of a site on which these are practised."""
    monkeypatch.setattr(api, "practice", lambda family, level: tuple(DRILLS.values()))
    topic = Topic(FAMILY, "Size of the feature map", 1, "convolution/output-size.md", 1, (21,))
    return PracticeFiles().files([topic], PAGES)
