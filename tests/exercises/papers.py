"""Sheets to write: an ordinary one, and one that holds everything that could break a format."""

from fractions import Fraction

from generator.exercises._sheet import assemble
from generator.model import Spec
from generator.paper import Exercise, Matrix, Mistake, Question, Sheet
from generator.prose import (
    Blank,
    Break,
    Equation,
    Figure,
    Grid,
    Math,
    Prose,
    Strong,
    Text,
    Value,
)
from generator.scene.film import Film, Scene
from generator.scene.marks import Rect

ORDINARY = assemble(["output-size", "convolution-cell"], 4, "fern-12", level=3)

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
