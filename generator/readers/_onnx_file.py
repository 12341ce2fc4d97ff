"""Reading an ONNX file without its weights.

A file of half a gigabyte is a hundred kilobytes of nodes and shapes, and weights. protobuf reads
all of it, twice over in memory, and no file of two gigabytes; we read what we look at and step over
the rest. The file's own structure makes that easy: every field says how long it is.

References
----------
https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from generator.errors import Problem, UserError

#: Longer contents of a tensor are weights [bytes].
_LONG = 1024
#: What is looked into: the graph (field 7) of the model and its initializers (field 5); of a tensor
#: the fields that hold numbers.
_MODEL = {7: {5: dict.fromkeys((4, 5, 6, 7, 9, 10, 11))}}


def load(path: Path) -> Any:
    """Return the model in a file; its long tensors have a shape and no numbers.

    Numbers that stand in files beside it stay there.

    Raises
    ------
    UserError
        If there is no ONNX in the file, or only a part of one.
    """
    import onnx
    from google.protobuf.message import DecodeError

    said = "this is no ONNX file, or only a part of one"
    try:
        with path.open("rb") as file:
            proto = onnx.ModelProto.FromString(_read(file, path.stat().st_size, _MODEL))
    except OSError as error:
        said = f"cannot be read: {error.strerror}"
        raise UserError([Problem(str(path), "", "", said)]) from None
    except (DecodeError, EOFError):
        raise UserError([Problem(str(path), "", "", said)]) from None
    if not proto.graph.node or not proto.graph.output:
        # Many files happen to be read without an error, as something without meaning.
        raise UserError([Problem(str(path), "", "", said)])
    return proto


def _read(file: BinaryIO, end: int, inside: dict[int, Any]) -> bytes:
    """Return the fields of a message that ends at `end`, without long numbers of tensors."""
    parts: list[bytes] = []
    while (start := file.tell()) < end:
        key = _number(file)
        number, kind = key >> 3, key & 7
        size = {1: 8, 5: 4}.get(kind, 0)
        if kind == 0:
            _number(file)
        elif kind == 2:
            size = _number(file)
        elif not size:
            raise EOFError
        begin, stop = file.tell(), file.tell() + size
        if stop > end:
            raise EOFError
        if kind == 2 and number in inside:
            if inside[number] is not None:
                body = _read(file, stop, inside[number])
                parts += [_bytes(key), _bytes(len(body)), body]
                continue
            if size > _LONG:
                file.seek(stop)
                continue
        file.seek(start)
        parts.append(file.read(begin - start + size))
    return b"".join(parts)


def _number(file: BinaryIO) -> int:
    """Return a whole number: seven bits a byte, the lowest first."""
    number = shift = 0
    while shift < 70:
        byte = file.read(1)
        if not byte:
            break
        number |= (byte[0] & 127) << shift
        if byte[0] < 128:
            return number
        shift += 7
    raise EOFError


def _bytes(number: int) -> bytes:
    r"""Return a whole number as it stands in a file.

    >>> _bytes(300)
    b'\xac\x02'
    """
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes([*found, number])
