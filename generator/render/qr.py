"""QR codes, as paths in an SVG.

References
----------
ISO/IEC 18004, "QR code": a quiet zone of four modules; every one of the eight masks is valid.
"""

from __future__ import annotations

from io import BytesIO

import segno


def qr_svg(text: str) -> str:
    """Return the code of a text, with its quiet zone, black on white.

    Level M survives a fold and a coffee stain; which mask is best is not tried out, because that
    takes twice as long and a sheet has many codes.

    >>> qr_svg("output-size.2@1/fern-12")[:59]
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33"'
    """
    code = segno.make(text, error="m", micro=False, boost_error=False, mask=0)
    file = BytesIO()
    code.save(file, kind="svg", border=4, xmldecl=False, nl=False, omitsize=True)
    return file.getvalue().decode()
