"""Sheets to write: an ordinary one, and one that holds everything that could break a format."""

from fractions import Fraction

from generator.api import sheet
from generator.exercises._figure import figure
from generator.model import Result, Spec
from generator.paper import (
    Choice,
    Exercise,
    Form,
    Matrix,
    Mistake,
    OneNumber,
    Question,
    Several,
    Sheet,
)
from generator.prose import (
    Blank,
    Break,
    Code,
    Equation,
    Figure,
    Grid,
    Math,
    Prose,
    Strong,
    Text,
    Value,
    line,
)
from generator.scene.film import Film, Scene
from generator.scene.marks import Rect

ORDINARY = sheet(["output-size", "convolution-cell"], 4, "fern-12", level=3)

PHOTO = figure("filter", photo="camera", columns=32, kernel="sharpen")
EDGES = figure("filter", photo="camera", columns=32, kernel="laplacian-8")
STEP = figure(
    "convolution",
    step=2,
    input=((1, 2, 0, 1), (4, 0, 3, 2), (1, 1, 0, 5)),
    kernel=((1, 0), (0, -1)),
)


def question(
    form: Form, answer: Result, *wrong: Result, ask: Prose = (), points: int = 1
) -> Question:
    """A question with a mistake for each wrong answer, the last of which is carried forward."""
    mistakes = tuple(
        Mistake(
                f"carried forward from part a: slip {place}" if place > 1 else f"slip {place}",
                value, f"You slipped, number {place}.", "convolution/padding.md",
                carried=place > 1, figure=STEP.spec if place == 1 else None)
        for place, value in enumerate(wrong, 1)
    )  # fmt: skip
    return Question(ask, form, answer, (), mistakes, points)


def exercise(name: str, prompt: Prose, *questions: Question, solution: Prose = ()) -> Exercise:
    """An exercise of an invented family."""
    return Exercise(
        id=f"{name}.1@1/fern-12", family=name, title=name.capitalize().replace("-", " "), level=1,
        page="convolution/convolution.md", prompt=prompt, questions=questions,
        hints=(line("Think of ", 2, "."), line("Almost.")),
        solution=(solution or line("So it is."),),
    )  # fmt: skip


#: Every form of answer and every sort of node.
FORMS = Sheet(
    "All forms",
    "fern-12",
    (
        exercise(
            "numbers",
            line("A share, with ", Math(r"\frac{a}{b}"), ". And then?", Equation(r"a_1 + b^2")),
            question(
                OneNumber(1, "percent"), Fraction(200, 3), 60, 3, ask=line("How much?"), points=2
            ),
            question(
                Several(("rows", "columns")),
                (3, 4),
                (4, 3),
                (5, 5),
                ask=line("Which shape?"),
                points=3,
            ),
            question(OneNumber(), 7, 8, ask=line("So it is ", Blank("about", 4), ".")),
            solution=line("Look:", STEP, "That is ", Fraction(200, 3), " percent."),
        ),
        exercise(
            "matrix",
            line("Fill in.", Grid("Input", ((1, Fraction(-5, 2), None), (10, 0, 3)))),
            question(Matrix("Map"), ((1, 2), (3, -4)), ((2, 1), (4, 3)), points=4),
        ),
        exercise(
            "unknown-size",
            line("Write the map."),
            question(Matrix("Map"), ((1, 2),), ((2,), (1,))),
        ),
        exercise(
            "program",
            line("Which line is wrong?", Code(("for i in range(3):", "    x = i < 2", ""))),
            question(Choice((line(1), line(2), line(3))), 2, 1),
            question(Choice((line("The first of them, and no other"), line("None"))), 1, 2),
        ),
        exercise(
            "pictures",
            line("Which one was sharpened?", PHOTO),
            question(Choice(((PHOTO,), (EDGES,))), 1, 2),
        ),
        exercise(
            "matrices",
            line("Which kernel?"),
            question(
                Choice(tuple((Grid("Kernel", ((a, 0), (0, 1))),) for a in (1, 2, -3))), 3, 1, 2
            ),
        ),
    ),
    student="Zoë Łukasiewicz-Đặng",
    note="Neural networks 1 · winter term",
)

TITLE = "<script>alert('a & b')</script> *not* _so_ | `bold` # [x](y) $1$ ~~2~~ \\ &amp; \"q\""

PROMPT: Prose = (
    Text("# No heading, a < b & c > d, "),
    Strong("*leaned* on"),
    Text(" by "),
    Value(Fraction(-1, 3)),
    Text(" or "),
    Math(r"\lfloor x < y \rfloor"),
    Break(),
    Text("12. is no list"),
    Grid("In_put", ((1, None, -2), (Fraction(1, 2), 4, 10))),
    Grid("Kernel", ((1,),)),
    Equation(r"a_1 < b"),
    Figure(Spec("any", ())),
    Text("---"),
    Break(),
    Blank("So it <is>", 4),
)

NASTY = Sheet(
    TITLE,
    "fern`12",
    (
        Exercise(
            id="any.1@1/<b>`*`</b>",
            family="any",
            title=TITLE,
            level=1,
            page="a/b.md",
            prompt=PROMPT,
            questions=(
                Question(
                    (),
                    Matrix("Ma_p"),
                    ((1, 2), (3, -4)),
                    (),
                    (
                        Mistake("turned <i>", ((4, 3), (2, 1)), "You < turned * it.", "a/b.md"),
                        Mistake("flat_", ((1, 2),), "You_flattened_it.", "a/b.md"),
                    ),
                    1,
                ),
            ),
            hints=(),
            solution=(PROMPT, (Text("- done"),)),
        ),
    ),
)


def draw(spec: Spec) -> Film:
    """A picture with a name that has to be escaped."""
    scene = Scene(8, 4, (Rect(0, 0, 8, 4, "cell"),))
    return Film(f'A "<{spec.kind}>"', 'A <grey> "cell" & *nothing*', lambda: scene)
