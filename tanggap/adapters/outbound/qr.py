"""Draws a text as a QR code that a phone's camera reads."""

import io

import segno


def svg(text: str) -> str:
    """Return an SVG element for a page: black on white whatever the theme, with the quiet zone that readers need."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, dark="#000", light="#fff")
    return out.getvalue().decode("ascii").strip()
