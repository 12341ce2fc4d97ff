"""Situations in which a property of images or of networks shows, and which one it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LOCAL = "locality"
STATIONARY = "stationarity"
COMPOSED = "compositionality"
EQUIVARIANT = "translation equivariance"
INVARIANT = "translation invariance"
TURNED = "rotation invariance"
BENT = "robustness to deformation"


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation with numbers to be drawn, and what it is about."""

    about: str
    level: int
    ranges: tuple[tuple[int, int], ...]
    text: Callable[..., str]


#: Odd sides of kernels, as 2h + 1: "a 3 × 3", never "a 8 × 8".
_ODD = (1, 4)
_SIDE, _SHIFT, _PERCENT, _ANGLE = (24, 96), (2, 15), (81, 99), (10, 80)

SITUATIONS = (
    Situation(LOCAL, 1, (_SIDE, (31, 99), _PERCENT), lambda n, m, p: (
        f"In photos of {n} × {m} pixels one covers a pixel and guesses it from the pixels next to "
        f"it. The guess is nearly right in {p} of 100 cases.")),
    Situation(LOCAL, 1, (_SIDE, (100, 999)), lambda n, m: (
        f"Somebody shuffles all pixels of {m} photos of {n} × {n} pixels, each photo in the same "
        "way. A person recognises nothing any more: pixels that were neighbours no longer are.")),
    Situation(STATIONARY, 1, (_SIDE, (31, 99), _SHIFT), lambda n, m, s: (
        f"Vertical edges are found in any part of the image: in {n + s} photos of {m} × {m} pixels "
        "they turned up in the corners as often as in the middle.")),
    Situation(STATIONARY, 1, ((3, 9), _SIDE), lambda k, n: (
        f"One looks at all patches of {k} × {k} pixels in a photo of grass, {n} × {n} pixels "
        "large. They vary as much in one place as in another.")),
    Situation(COMPOSED, 1, ((3, 9), (2, 6), _SIDE), lambda a, b, n: (
        f"On an image of {n} × {n} pixels, {a} strokes form a wheel, and {2 * b} wheels and a body "
        "form a lorry: a large thing is made of small ones.")),
    Situation(COMPOSED, 1, ((4, 40), (2, 9)), lambda a, b: (
        f"With {a} kinds of corners and {b} kinds of arcs put together in ever new ways one can "
        "draw every letter.")),
    Situation(EQUIVARIANT, 1, (_SHIFT, _SIDE, (2, 9)), lambda s, n, r: (
        f"In an image of {n} × {n} pixels a ball rolls {s} pixels to the right and {r} down. In "
        "the feature map the spot that it causes moves along.")),
    Situation(INVARIANT, 1, (_SIDE, (31, 99), _PERCENT), lambda n, m, p: (
        f"A classifier of photos of {n} × {m} pixels is {p} % certain of a cat, wherever it "
        "stands in the photo.")),
    Situation(INVARIANT, 1, (_SHIFT, _SIDE, (2, 9)), lambda s, n, d: (
        f"A digit {d} on {n} × {n} pixels is shifted by {s} pixels. The network still says {d}.")),
    Situation(LOCAL, 2, ((3, 9), _SIDE), lambda k, n: (
        f"A neuron is to find edges in images of {n} × {n} pixels. One connects it to {k} × {k} "
        f"nearby pixels, {k * k} weights instead of {n * n}. What justifies that?")),
    Situation(LOCAL, 2, (_SIDE, (2, 9), (10, 23)), lambda n, a, b: (
        f"In an image of {n} × {n} pixels one compares two pixels only if they are at most {a} "
        f"pixels apart. Those that are far apart, {b} pixels or more, are never compared. "
        "What justifies that?")),
    Situation(STATIONARY, 2, (_ODD, _SIDE), lambda h, n: (
        f"A {2 * h + 1} × {2 * h + 1} kernel is used at all {(n - 2 * h) ** 2} positions of an "
        f"image of {n} × {n} pixels with the same weights: {(2 * h + 1) ** 2} of them have to be "
        "learned. What justifies that?")),
    Situation(STATIONARY, 2, ((4, 32), (3, 9), _SIDE), lambda f, k, n: (
        f"Each of {f} detectors of {k} × {k} pixels was trained on the upper left corner of photos "
        f"of {n} × {n} pixels. It is copied to every place and not trained again. "
        "What justifies that?")),
    Situation(COMPOSED, 2, ((4, 32), (33, 128), (3, 8)), lambda a, b, n: (
        f"Behind a layer with {a} kernels come {n} more, the last with {b}: each builds on what "
        "the one before has found. What about images makes this a good idea?")),
    Situation(COMPOSED, 2, ((3, 9), (10, 40), (2, 9)), lambda a, b, n: (
        f"Instead of one detector for each of {b * n} whole objects, a network learns {a} "
        f"detectors of strokes and {b} that combine them. What about images makes this a good "
        "idea?")),
    Situation(EQUIVARIANT, 2, (_SHIFT, _SIDE, _ODD), lambda s, n, h: (
        f"A {2 * h + 1} × {2 * h + 1} convolution is applied to a photo of {n} × {n} pixels "
        f"and to the same photo shifted by {s} pixels. Apart from the border the second "
        "map is the first, shifted by the same number.")),
    Situation(EQUIVARIANT, 2, (_SIDE, _SHIFT), lambda n, s: (
        f"A network marks each tumour in scans of {n} × {n} pixels. If the patient lies {s} pixels "
        "further left, the mark shifts too. What is wanted of the network?")),
    Situation(INVARIANT, 2, ((4, 64), _SIDE, _SHIFT), lambda f, n, s: (
        f"The last {f} maps of {n} × {n} cells are each averaged to one number. If the object "
        f"moves by {s} cells within them, each average stays what it was.")),
    Situation(INVARIANT, 2, (_SIDE, (31, 99)), lambda n, m: (
        f"A program sorts photos of {n} × {m} pixels into \"with a dog\" and \"without\". The dog "
        "counts wherever it is in the photo. What is wanted of the program?")),
    Situation(LOCAL, 3, ((85, 98), (10, 50), (12, 40)), lambda a, b, s: (
        f"The grey values of neighbours in a photo have the correlation 0.{a}; of pixels {s} apart "
        f"only 0.{b}.")),
    Situation(STATIONARY, 3, (_ODD, _SIDE, _PERCENT), lambda k, n, p: (
        f"The {2 * k + 1} × {2 * k + 1} kernels that were learned on the left halves of {n} × {n} "
        f"photos find {p} % of the edges on the right halves: the patterns are the same "
        "everywhere.")),
    Situation(COMPOSED, 3, ((8, 64), (3, 9), (65, 256)), lambda a, b, c: (
        f"One sees what excites the neurons: in layer 1 there are {a} strokes, in layer {b} there "
        f"are {c} eyes, wheels and ears, whose outlines are smaller parts known from before.")),
    Situation(EQUIVARIANT, 3, ((2, 20), (2, 20), _SHIFT), lambda r, c, s: (
        f"The largest number of a feature map stands in row {r}, column {c}. The image is shifted "
        f"down by {s} pixels: now it stands in row {r + s}, column {c}, along with it.")),
    Situation(EQUIVARIANT, 3, (_ODD, _SHIFT, _SIDE), lambda h, s, n: (
        f"With a {2 * h + 1} × {2 * h + 1} kernel it makes no difference whether an image of "
        f"{n} × {n} pixels is first shifted by {s} pixels and then convolved, or the other "
        "way round: the map moves along.")),
    Situation(INVARIANT, 3, ((2, 30), (2, 30), _SHIFT), lambda r, c, s: (
        f"The largest number of a feature map stands in row {r}, column {c}. Only this number is "
        f"kept, not its place. The image is shifted down by {s} pixels, and what is kept stays "
        "what it was.")),
    Situation(INVARIANT, 3, ((2, 9), _SHIFT, _PERCENT), lambda d, s, p: (
        f"A network with global pooling gives the digit {d} the same score of 0.{p}, before and "
        f"after it is shifted by {s} pixels.")),
    Situation(TURNED, 3, (_ANGLE, _PERCENT, _SIDE), lambda a, p, n: (
        f"A photo of {n} × {n} pixels taken from above shows a ship. It is turned by {a} degrees; "
        f"the network says \"ship\" with {p} %, as before.")),
    Situation(BENT, 3, ((2, 9), (3, 12), _PERCENT), lambda d, w, p: (
        f"A handwritten {d} is slanted, and {w} pixels wider than the others. The network says {d} "
        f"with {p} %, as before.")),
)  # fmt: skip
