"""The values a pixel can have, and images that are inverted or made brighter."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.exercises._draw import Wholes
from generator.exercises._family import Family, Part, Slip, Work
from generator.model import Result
from generator.numerals import shown
from generator.paper import Matrix
from generator.prose import Grid, Prose, Strong, line

_PAGE = "images/grey-image.md"
#: With 2 bits or 4, wrong powers such as b² give the right number of values.
_BITS = ((3, 5, 6, 7), (5, 6, 7, 8), (6, 7, 8, 10))


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image, the bits of a pixel, and by how much it is made brighter before it is inverted.

    >>> Drawn(((1, 6),), 3, 2).largest
    7
    """

    x: Wholes
    bits: int
    brighter: int

    @property
    def largest(self) -> int:
        """The value of white."""
        return (1 << self.bits) - 1


def draw(dice: Dice, level: int) -> Drawn:
    """Draw an image: level 2 has more pixels, level 3 makes it brighter first."""
    bits = dice.pick("bits", _BITS[level - 1])
    rows, columns = ((2, 2), (2, 3), (3, 3))[level - 1]
    largest = (1 << bits) - 1
    x = dice.matrix("image", rows, columns, 0, largest)
    return Drawn(x, bits, 10 * dice.whole("brighter", 1, largest // 20) if level == 3 else 0)


def fair(d: Drawn) -> bool:
    """Tell whether some pixels become too bright and some do not, and white is not there."""
    values = [value + d.brighter for row in d.x for value in row]
    clipped = sum(value > d.largest for value in values)
    return (1 <= clipped <= 3 if d.brighter else max(values) < d.largest) and 0 not in values


def _each(d: Drawn, largest: int) -> Wholes:
    """Return the image made brighter, kept within its range, and inverted."""
    return tuple(tuple(largest - min(v + d.brighter, largest) for v in row) for row in d.x)


def brute(d: Drawn) -> Wholes:
    """Read every pixel off a scale that is laid beside itself turned over."""
    scale = list(range(2**d.bits))
    turned = scale[::-1]
    return tuple(
        tuple(turned[(scale + [scale[-1]] * d.brighter)[value + d.brighter]] for value in row)
        for row in d.x
    )


def unclipped(d: Drawn) -> Wholes | None:
    """Let values grow beyond white."""
    if not d.brighter:
        return None
    return tuple(tuple(d.largest - value - d.brighter for value in row) for row in d.x)


def wrapped(d: Drawn) -> Wholes | None:
    """Begin again at 0 beyond white, as NumPy's integers do."""
    if not d.brighter:
        return None
    return tuple(
        tuple(d.largest - (value + d.brighter) % (d.largest + 1) for value in row) for row in d.x
    )


def inverted_first(d: Drawn) -> Wholes | None:
    """Invert, and make brighter what came out."""
    if not d.brighter:
        return None
    return tuple(
        tuple(min(d.largest - value + d.brighter, d.largest) for value in row) for row in d.x
    )


def from_brightest(d: Drawn) -> Wholes:
    """Subtract from the brightest pixel of the image instead of white."""
    moved = [[min(value + d.brighter, d.largest) for value in row] for row in d.x]
    if d.brighter:  # some pixel is white then
        moved = [[value + d.brighter for value in row] for row in d.x]
    most = max(max(row) for row in moved)
    return tuple(tuple(most - value for value in row) for row in moved)


def follows(d: Drawn, given: tuple[Result, ...]) -> Wholes | None:
    """Invert with the number of values that was found."""
    (values,) = given
    assert isinstance(values, int)
    if values <= max(max(row) for row in d.x):
        return None
    return _each(d, values - 1)


def prompt(d: Drawn) -> Prose:
    """Show the image."""
    return line(
        f"Every pixel of a grey image is stored in {d.bits} bits, as a whole number. "
        "0 is black, and the largest value is white.",
        Grid("Image", d.x),
    )


def ask_inverted(d: Drawn) -> Prose:
    """Ask for the image."""
    if not d.brighter:
        return line(
            "The image is ",
            Strong("inverted"),
            ": black and white change places. Fill in the new image.",
        )
    return line(
        "The image is made ", Strong(f"brighter by {d.brighter}"), ": a pixel that would get "
        "lighter than white stays white. Then it is ", Strong("inverted"),
        ": black and white change places. Fill in the new image.",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    first = line("How many values are there with 1 bit, and how many with 2?")
    white = line("Black is 0, so white is one less than the number of values: ", d.largest, ".")
    if d.brighter:
        return (
            first, white,
            line(f"Made brighter, no pixel is larger than {d.largest}:", _brighter(d)),
        )  # fmt: skip
    return first, white, line(f"A pixel v becomes {d.largest} − v.")


def _brighter(d: Drawn) -> Grid:
    rows = tuple(tuple(min(v + d.brighter, d.largest) for v in row) for row in d.x)
    return Grid("Brighter", rows)


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every subtraction."""
    product = "·".join(["2"] * d.bits)
    steps = [
        line(
            f"Each bit doubles the number of values: {product} = {d.largest + 1}. "
            f"They run from 0 to {d.largest}."
        )
    ]
    seen = d.x
    if d.brighter:
        brighter = _brighter(d)
        steps.append(line(f"Add {d.brighter}; what would be more stays {d.largest}:", brighter))
        seen = tuple(tuple(int(value or 0) for value in row) for row in brighter.rows)
    sums = "; ".join(
        ", ".join(f"{d.largest} − {value} = {d.largest - value}" for value in row) for row in seen
    )
    steps.append(line(f"Inverting turns v into {d.largest} − v. Row by row: {sums}."))
    steps.append(line("The new image:", Grid("New image", _each(d, d.largest))))
    return tuple(steps)


FAMILY = Family(
    name="image-values",
    title="The values of an image",
    version=1,
    says="how many values a pixel of some bits can have, and the image inverted",
    page=_PAGE,
    rows=(2,),
    draw=draw,
    fair=fair,
    # Pixels to subtract, and to add up before.
    work=lambda d: Work(len(d.x) * len(d.x[0]) * (1 + (d.brighter > 0))),
    cost=(Work(4), Work(6), Work(18)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(lambda d: d.largest + 1, lambda d: len({f"{v:b}" for v in range(d.largest + 1)}), (
            Slip(
                "largest value given", lambda d: d.largest,
                lambda d: f"You gave the largest value. With 0 there is one more: {d.largest + 1}.",
            ),
            Slip(
                "bits doubled", lambda d: 2 * d.bits,
                lambda d: f"You computed 2·{d.bits}. Each bit doubles the number of values, "
                f"so 2 is taken times itself {d.bits} times.",
            ),
            Slip(
                "bits squared", lambda d: d.bits**2,
                lambda d: f"You computed {d.bits}². It is 2 that is raised, to the power {d.bits}.",
            ),
            Slip(
                "always 256", lambda d: 256 if d.bits != 8 else None,
                lambda d: f"You took 256, the number for 8 bits. Here a pixel has {d.bits} bits.",
            ),
            Slip(
                "one bit lost", lambda d: 2 ** (d.bits - 1),
                "You gave one bit away for a sign. Pixels are never negative, so all bits count.",
            ),
        ), ask=lambda _: line("How many different values can a pixel have?"), points=(1, 1, 1)),
        Part(lambda d: _each(d, d.largest), brute, (
            Slip(
                "one too many",
                lambda d: tuple(tuple(v + 1 for v in r) for r in _each(d, d.largest)),
                lambda d: f"You subtracted from {shown(d.largest + 1)}, the number of values. "
                f"White is {d.largest}, and black must become white.",
            ),
            Slip(
                "brightest pixel for white", from_brightest,
                lambda d: "You subtracted from the brightest pixel of this image. "
                f"White is {d.largest}, whether the image has it or not.",
            ),
            Slip(
                "8 bits assumed", lambda d: _each(d, 255) if d.bits < 8 else None,
                lambda d: f"You subtracted from 255. With {d.bits} bits white is {d.largest}.",
            ),
            Slip(
                "sign changed",
                lambda d: None if d.brighter else tuple(tuple(-v for v in row) for row in d.x),
                lambda d: "You put a minus before each value. No pixel is below 0: "
                f"v becomes {d.largest} − v.",
            ),
            Slip(
                "lighter than white", unclipped,
                lambda d: f"You let pixels grow beyond {d.largest}. They stay white.",
            ),
            Slip(
                "wrapped around", wrapped,
                lambda d: f"You began again at 0 beyond {d.largest}, as NumPy's integers do. "
                "A pixel that is too bright stays white.",
            ),
            Slip(
                "inverted first", inverted_first,
                "You inverted the image and then made it brighter. The order matters.",
            ),
        ), Matrix("New image"), ask_inverted, (2, 3, 4), follows=follows),
    ),
)  # fmt: skip
