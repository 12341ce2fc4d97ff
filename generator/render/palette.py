"""The few colours that suit all frames of a film."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: So many of the most frequent colours are kept as they are: grounds, inks, the letters' insides.
_EXACT = 96


class Palette:
    """Colours are numbered as they are met; at the end those are chosen that are kept.

    Parameters
    ----------
    most
        How many may be kept.
    """

    def __init__(self, most: int) -> None:
        import numpy as np

        self.most = most
        self._number = np.full(1 << 24, -1, np.int32)
        self._colours = np.zeros(0, np.uint32)
        self._counts = np.zeros(0, np.int64)

    def numbers(self, pixels: NDArray[np.uint32]) -> NDArray[np.int32]:
        """Count the colours, and return the number of each.

        Parameters
        ----------
        pixels : (count,) uint32
            As in :class:`generator.render.reel.Patch`.
        """
        import numpy as np

        codes = pixels & 0xFFFFFF
        found: NDArray[np.int32] = self._number[codes]
        if (found < 0).any():
            new = np.unique(codes[found < 0])
            self._number[new] = np.arange(new.size, dtype=np.int32) + self._colours.size
            self._colours = np.append(self._colours, new)
            self._counts = np.append(self._counts, np.zeros(new.size, np.int64))
            found = self._number[codes]
        self._counts += np.bincount(found, minlength=self._counts.size)
        return found

    def chosen(self) -> tuple[bytes, NDArray[np.uint8]]:
        """Return 256 colours, and for every number the nearest one's place among them.

        The most frequent colours are kept; then, one by one, the colour that is farthest from all
        that are kept. So the blends at the edges of letters, which are rare and many, all find a
        near one: the largest mistake is small, not the average one.
        """
        import numpy as np

        rgb = np.stack([self._colours >> shift & 255 for shift in (0, 8, 16)], 1).astype(np.int64)
        # Equal counts in the order of their colours, so that bytes do not depend on the sort.
        order = np.lexsort((self._colours, -self._counts))
        kept = list(order[: min(_EXACT, self.most)])
        away = np.full(len(rgb), np.iinfo(np.int64).max)
        for each in kept:
            away = np.minimum(away, ((rgb - rgb[each]) ** 2).sum(1))
        while len(kept) < self.most and away.max() > 0:
            farthest = int(away.argmax())
            kept.append(farthest)
            away = np.minimum(away, ((rgb - rgb[farthest]) ** 2).sum(1))
        best = np.full(len(rgb), np.iinfo(np.int64).max)
        nearest = np.zeros(len(rgb), np.uint8)
        for place, each in enumerate(kept):
            distance = ((rgb - rgb[each]) ** 2).sum(1)
            nearest[distance < best] = place
            best = np.minimum(best, distance)
        table = bytes(rgb[kept].astype(np.uint8).tobytes())
        return table.ljust(256 * 3, b"\0"), nearest
