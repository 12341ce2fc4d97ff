"""The files that the trainer loads when they are needed: exercises by family and level, pictures.

Nothing of this depends on a page, so it is made once and kept between the rebuilds of ``serve``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape

from generator import api
from generator.site.practice import FOLDER, formula

#: Variants of a level whose hints, feedback and solutions have pictures. A picture takes 10 ms and
#: 10 kB; sixty of everything would be most of the site.
DRAWN = 12
_FIGURES = f"{FOLDER}/figures"


class PracticeFiles:
    """Makes the files, and remembers them.

    Parameters
    ----------
    alone
        Whether each file is there as a script too: a page that is opened as a file, without a
        server, may load nothing else.
    """

    def __init__(self, *, alone: bool = False) -> None:
        self.alone = alone
        self._levels: dict[tuple[str, int], list[dict[str, object]]] = {}
        self._pictures: dict[str, tuple[str, bytes]] = {}
        self._photos: dict[str, bytes] = {}

    def files(
        self, topics: Iterable[api.Topic], pages: Mapping[str, tuple[str, str]]
    ) -> dict[str, str | bytes]:
        """Return the files by their addresses.

        Parameters
        ----------
        topics
            What is practised somewhere on the site.
        pages
            Address and title of every page by its source: feedback links to those that are there.
        """
        made: dict[str, str | bytes] = {}
        for topic in topics:
            for level in range(1, topic.levels + 1):
                text = json.dumps(
                    self._level(topic, level, pages), ensure_ascii=False, separators=(",", ":")
                )
                made[f"{FOLDER}/{topic.name}/{level}.json"] = text
        made |= {f"{_FIGURES}/{name}.svg": svg for name, (_, svg) in self._pictures.items()}
        scripts = dict(_scripts(made)) if self.alone else {}
        return made | self._photos | scripts

    def _level(
        self, topic: api.Topic, level: int, pages: Mapping[str, tuple[str, str]]
    ) -> dict[str, object]:
        key = topic.name, level
        write = api.Writers(self._figure, formula)
        if key not in self._levels:
            self._levels[key] = [
                api.exercise_data(each, write, drawn=place < DRAWN)
                for place, each in enumerate(api.practice(*key))
            ]
        variants = self._levels[key]
        named = {page: pages[page] for page in sorted(_pages(topic, variants)) if page in pages}
        return {"page": topic.page, "pages": named, "variants": variants}

    def _figure(self, spec: api.Spec) -> str:
        """Keep a picture as a file, and return the place it is put in when it is seen."""
        # The title is no part of what a page shows, but of the key.
        figure = api.draw(spec)
        name = f"{spec.kind}-{figure.key}"
        if name not in self._pictures:
            svg = figure.picture_svg("narrow", self._photo)
            size = svg.partition('viewBox="0 0 ')[2].partition('"')[0].split(" ")
            html = (
                f'<figure class="cb-figure cb-picture" data-figure="{escape(name)}"'
                f' data-width="{size[0]}" data-height="{size[1]}"></figure>'
            )
            svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
            self._pictures[name] = html, svg.encode()
        return self._pictures[name][0]

    def _photo(self, png: bytes) -> str:
        name = f"{sha256(png).hexdigest()[:12]}.png"
        self._photos[f"{_FIGURES}/{name}"] = png
        return name


def _pages(topic: api.Topic, variants: Iterable[Mapping[str, object]]) -> set[str]:
    """Return the sources of the pages that a level speaks of."""
    return {topic.page} | {
        mistake["page"]
        for variant in variants
        for part in variant["parts"]  # type: ignore[attr-defined]
        for mistake in part.get("mistakes", ())
    }


def _scripts(files: Mapping[str, str | bytes]) -> Iterator[tuple[str, str]]:
    for uri, content in files.items():
        text = content if isinstance(content, str) else content.decode()
        yield f"{uri}.js", f"convbook.give({json.dumps(uri)},{json.dumps(text)})"
