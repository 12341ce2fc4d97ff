"""The containers of PNG, GIF and WebP: words are put in and found without decoding a pixel."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

_PNG = b"\x89PNG\r\n\x1a\n"


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG by name; nothing if it is none, no more than there are."""
    at = len(_PNG)
    while data.startswith(_PNG) and at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        yield name, data[at + 8 : at + 8 + length]
        at += 12 + length


def png_with(data: bytes, keyword: str, text: str) -> bytes:
    """Return a PNG with a text in it.

    References
    ----------
    W3C, "Portable Network Graphics", section 11.3.3.4: iTXt, international textual data.
    """
    # Not compressed, no language, no translated keyword.
    body = b"iTXt" + keyword.encode("latin-1") + bytes(5) + text.encode()
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    head = len(_PNG) + 25  # the first chunk is always the header
    return data[:head] + chunk + data[head:]


def png_text(data: bytes, keyword: str) -> str | None:
    """Return the text that a PNG carries.

    >>> from generator.render.pixels import png
    >>> from generator.scene.marks import Pixels
    >>> png_text(png_with(png(Pixels(1, 1, 1, b"x")), "note", "3 × 3"), "note")
    '3 × 3'
    """
    start = keyword.encode("latin-1") + bytes(5)
    for name, body in png_chunks(data):
        if name == b"iTXt" and body.startswith(start):
            return body[len(start) :].decode(errors="replace")
    return None


def riff(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return a WebP made of chunks."""
    body = b"".join(
        name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a WebP by name; nothing if it is none, no more than there are.

    >>> list(riff_chunks(riff([(b"XMP ", b"abc")])))
    [(b'XMP ', b'abc')]
    """
    at = 12
    while data[:4] == b"RIFF" and data[8:12] == b"WEBP" and at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def gif_data(data: bytes) -> bytes:
    """Return data in the pieces that GIF wants: each with its length, and an empty one."""
    pieces = (data[i : i + 255] for i in range(0, len(data), 255))
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


def gif_blocks(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the blocks of a GIF: what each is, and where its content begins and ends.

    A picture is 0x2C; an extension is 0x21 and begins with a byte that says which.
    """
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        return
    at = 13 + _table(data[10])
    while at < len(data) and data[at] in (0x21, 0x2C):
        kind, start = data[at], at + 1
        if kind == 0x2C and start + 9 <= len(data):
            at = start + 9 + _table(data[start + 8]) + 1
        else:
            at = start + 1
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
        yield kind, start, at


def _table(packed: int) -> int:
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def gif_comments(data: bytes) -> Iterator[str]:
    """Yield what a GIF says besides its pictures."""
    for kind, start, end in gif_blocks(data):
        if kind == 0x21 and data[start] == 0xFE:
            pieces, at = [], start + 1
            while at < min(end, len(data)) and data[at]:
                pieces.append(data[at + 1 : at + 1 + data[at]])
                at += 1 + data[at]
            yield b"".join(pieces).decode("ascii", errors="replace")
