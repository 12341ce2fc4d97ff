"""From the entries of a network file to its nodes: blocks, repeats and branches are written out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from generator.engine.network_op import Op
from generator.errors import Problem, UserError, shorten, unknown
from generator.spec.fields import listed, under, whole
from generator.spec.network_layers import JOINS, WORDS, arguments, layer
from generator.spec.network_names import START, Draft
from generator.spec.network_tree import Items, Keys, Said, Tree, blanks, filled

#: What may stand beside the word of an entry.
_BESIDE = ("name", "repeat", "inputs")
_MOST = 10_000
_NAME = re.compile(r"[A-Za-z0-9][\w\-]*")


class Nodes:
    """The nodes of a network, gathered entry by entry, with everything that is wrong.

    Parameters
    ----------
    at
        Gives the place of a part of the file.
    blocks
        The blocks of the file, as they are written.
    """

    def __init__(self, at: Callable[[object], str], blocks: Tree) -> None:
        self.at = at
        self.problems: list[Problem] = []
        self.drafts: list[Draft] = []
        self.open: list[str] = []
        self.entries = 0
        self.full = False
        self.blocks = self._blocks(blocks)

    def _blocks(self, blocks: Tree) -> dict[str, Items]:
        found: dict[str, Items] = {}
        if blocks is None:
            return found
        if not isinstance(blocks, Keys):
            self._wrong(blocks, "blocks", blocks, "lines such as 'unit: [conv: …, relu]'")
            return found
        for name, body in blocks.items():
            if name in WORDS or name in ("layers", "branches", "join", *_BESIDE):
                self._wrong(name, "blocks", name, "a name that is not a word of the language")
            elif isinstance(body, Items):
                found[name] = body
            else:
                self._wrong(name, f"blocks, {name}", body, "a list of layers")
        return found

    def _wrong(self, part: Tree, key: str, got: Tree, wanted: str, hint: str = "") -> None:
        """Note what stands at a part of the file and what was wanted."""
        self.problems.append(Problem(self.at(part), key, shorten(got), wanted, hint))

    def _told(self, part: Tree, key: str, error: UserError) -> None:
        """Note problems of a part of the file, under a key."""
        self.problems += [each.at(self.at(part)) for each in under(key, error.problems)]

    def read(self, entries: Items, scope: str = "", above: int | Said = START) -> int | Said:
        """Add the nodes of a list of entries; return the last one, which the next entry reads."""
        for entry in entries:
            above = self._entry(entry, scope, above)
        return above

    def _entry(self, entry: Tree, scope: str, above: int | Said) -> int | Said:
        """Add the nodes of one entry."""
        if isinstance(entry, Said):
            entry = _alone(entry)
        if not isinstance(entry, Keys):
            self._wrong(entry, "", entry, "a layer, such as 'relu' or 'linear: 10'")
            return above
        words = [key for key in entry if key not in _BESIDE and key != "join"]
        if len(words) != 1:
            got = ", ".join(words) if words else "no layer"
            wanted = "one layer in each entry"
            self._wrong(entry, _text(entry.get("name")), got, wanted, "begin each with '-'")
            return above
        (word,) = words
        name, times, inputs = self._beside(entry, word)
        if "join" in entry and word != "branches":
            self._wrong(entry["join"], word, "join", "branches beside it")
        for turn in range(1, times + 1):
            if self.full:
                break
            given = f"{name}.{turn}" if name and times > 1 else name
            read = inputs if turn == 1 and inputs else (above,)
            above = self._one(word, entry, scope, given, read)
        return above

    def _beside(self, entry: Keys, word: str) -> tuple[str, int, tuple[Said, ...]]:
        """Return the name, the repeats and the inputs that stand beside a word."""
        name, times = entry.get("name"), 1
        if name is not None and (not _NAME.fullmatch(_text(name)) or name == "input"):
            wanted = "a name of letters, digits, _ and -, other than input"
            self._wrong(name, "name", name, wanted)
            name = None
        if (repeat := entry.get("repeat")) is not None:
            try:
                times = whole(repeat, 1, 1000)
            except UserError as error:
                self._told(repeat, f"{_text(name) or word}, repeat", error)
        inputs = entry.get("inputs")
        items = listed(inputs)
        read = items if items is not None else [inputs] if inputs is not None else []
        for each in read:
            if not isinstance(each, Said):
                self._wrong(entry, f"{_text(name) or word}, inputs", each, "the name of a layer")
        return _text(name), times, tuple(each for each in read if isinstance(each, Said))

    def _one(
        self, word: str, entry: Keys, scope: str, given: str, inputs: tuple[int | Said, ...]
    ) -> int | Said:
        """Add the nodes of a word, once."""
        # Entries are counted, not nodes: repeats of nothing would take for ever as well.
        self.entries += 1
        if self.entries > _MOST:
            self.full = True
            wanted = f"more than {_MOST:,} layers"
            self.problems.append(Problem(self.at(entry), "", "", wanted, "look at the repeats"))
        inner = f"{scope}{given}." if given else scope
        value = entry[word]
        if word in WORDS:
            op = self._op(word, value, entry, given)
            return self._add(Draft(scope, given, word, op, inputs, self.at(entry)))
        if len(inputs) > 1:
            got = f"{len(inputs)} inputs"
            self._wrong(
                entry,
                f"{given or word}, inputs",
                got,
                "1, since only add, mul and concat read several",
            )
        if word == "branches":
            return self._branches(value, entry, scope, given, inputs[0])
        if word == "layers":
            if isinstance(value, Items):
                return self.read(value, inner, inputs[0])
            self._wrong(entry, f"{given or word}", value, "a list of layers")
        elif word in self.blocks:
            return self._block(word, value, entry, inner, inputs[0])
        else:
            known = (*WORDS, *self.blocks, "branches", "layers")
            problem = unknown("layer", word, known, self.at(entry))
            self.problems.append(replace(problem, key=given))
        # What comes after reads a node that nobody knows, and is not judged for it.
        return self._add(Draft(scope, given, word, None, inputs, self.at(entry)))

    def _op(self, word: str, value: Tree, entry: Keys, given: str) -> Op | None:
        try:
            return layer(word, value)
        except UserError as error:
            parts = value if isinstance(value, Keys) else {}
            lines = {str(key): key for key in parts}
            for each in error.problems:
                part = lines.get(each.key.split(",")[0]) or entry
                # The key goes behind the layer's name even if the sentence names it as well.
                key = f"{given or word}, {each.key}" if each.key else given or word
                self.problems.append(replace(each, key=key, where=self.at(part)))
            return None

    def _add(self, draft: Draft) -> int:
        """Add a node and return its index."""
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def _block(
        self, word: str, value: Tree, entry: Keys, scope: str, above: int | Said
    ) -> int | Said:
        """Add the nodes of a block with its blanks filled in."""
        if word in self.open:
            circle = " → ".join([*self.open[self.open.index(word) :], word])
            self._wrong(entry, word, circle, "blocks that do not use each other in a circle")
            return self._add(Draft(scope, "", word, None, (above,), self.at(entry)))
        body = self.blocks[word]
        needed = blanks(body)
        try:
            values = arguments(value, list(needed))
        except UserError as error:
            self._told(entry, word, error)
            values = {}
        missing = [name for name, default in needed.items() if default is None]
        for name in values:
            if name not in needed:
                problem = unknown("key", name, needed, self.at(entry))
                self.problems.append(replace(problem, key=f"{word}, {name}"))
        holes = [name for name in missing if values.get(name) is None]
        for name in holes:
            wanted = f"is missing: the block {word} has ${name}"
            self.problems.append(Problem(self.at(entry), f"{word}, {name}", "", wanted))
        if holes:
            return self._add(Draft(scope, "", word, None, (above,), self.at(entry)))
        self.open.append(word)
        last = self.read(_items(filled(body, {**needed, **values})), scope, above)
        self.open.pop()
        return last

    def _branches(
        self, value: Tree, entry: Keys, scope: str, given: str, above: int | Said
    ) -> int | Said:
        """Add the nodes of every branch, and the one that joins them."""
        key = given or "branches"
        inner = f"{scope}{given}." if given else scope
        ends: list[int | Said] = []
        if not isinstance(value, Keys) or len(value) < 2:
            wanted = "at least two lines such as 'main: [conv: …, relu]'"
            self._wrong(entry, key, value, wanted, "a branch that does nothing is []")
        else:
            for name, body in value.items():
                if isinstance(body, Items) and _NAME.fullmatch(name):
                    ends.append(self.read(body, f"{inner}{name}.", above))
                elif isinstance(body, Items):
                    wanted = "a name of letters, digits, _ and -"
                    self._wrong(name, f"{key}, branch", name, wanted)
                else:
                    self._wrong(name, f"{key}, {name}", body, "a list of layers")
        how = entry.get("join")
        if how not in JOINS:
            self._wrong(entry, f"{key}, join", how, "add, mul or concat")
        op = JOINS.get(_text(how)) if len(ends) > 1 else None
        return self._add(Draft(scope, given, _text(how), op, tuple(ends), self.at(entry)))


def _alone(word: Said) -> Keys:
    """Return a word without arguments as an entry."""
    keys = Keys({word: None})
    keys.line = word.line
    return keys


def _items(tree: Tree) -> Items:
    return tree if isinstance(tree, Items) else Items()


def _text(value: Tree) -> str:
    return "" if value is None else str(value)
