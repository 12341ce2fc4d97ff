"""XMP: what a PDF or a WebP says about itself, and the spec it was made from.

References
----------
ISO 16684-1, "Extensible metadata platform".
"""

from __future__ import annotations

import re
from html import escape, unescape

_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_SPACES = (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    ' xmlns:convbook="urn:convbook:figure"'
)
#: What is escaped holds no bracket: a broken file is read once, from its start to its end.
_SPEC = re.compile(rb"<convbook:spec>([^<]*)</convbook:spec>")


def packet(spec: str, title: str, alt: str, *, accessible: bool = False) -> bytes:
    """Return a packet.

    Parameters
    ----------
    spec
        What the file can be made from again.
    title, alt
        Its name, and it in words.
    accessible
        Whether it is a PDF that keeps the rules of PDF/UA-1.

    Examples
    --------
    >>> spec_in(packet('{"a": "<b>"}', "", ""))
    '{"a": "<b>"}'
    """
    said = "".join(
        f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'
        f"</dc:{name}>"
        for name, text in (("title", title), ("description", alt))
    )
    part = "<pdfuaid:part>1</pdfuaid:part>" if accessible else ""
    return (
        f'{_BEGIN}\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{_SPACES}>{part}{said}'
        f"<convbook:spec>{escape(spec)}</convbook:spec></rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    ).encode()


def spec_in(data: bytes) -> str | None:
    """Return the spec of the first packet that has one, wherever in a file it stands."""
    found = _SPEC.search(data)
    return unescape(found[1].decode(errors="replace")) if found else None
