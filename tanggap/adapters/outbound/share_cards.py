"""The picture by which other sites show a link to a report: public words, in the font that comes with Pillow."""

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

SIZE: Final = (1200, 630)
_EDGE: Final = 72
_PAPER, _INK, _GREEN, _MUTED, _WHITE = "#f6f7f5", "#1a2421", "#0b5d4e", "#53605b", "#ffffff"
_MOST_LINES: Final = 4
# What the font holds: Latin letters and the usual signs. Others are drawn as a question mark.
_PLAIN: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\u00a0": " "})


# The same card is asked for by every site that somebody shares it on, within minutes.
@lru_cache(maxsize=128)
def draw(*, site: str, title: str, status: str, office: str) -> bytes:
    """Return a PNG of 1200 × 630 with the title, where the report stands and who has it."""
    image = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 96), fill=_GREEN)
    pen.text((_EDGE, 48), _drawable(site), font=_font(40), fill=_WHITE, anchor="lm")
    for place, line in enumerate(_lines(_drawable(title), _font(60))):
        pen.text((_EDGE, 150 + place * 78), line, font=_font(60), fill=_INK)
    pen.text((_EDGE, 500), _cut(_drawable(status), _font(40)), font=_font(40), fill=_GREEN)
    pen.text((_EDGE, 560), _cut(_drawable(office), _font(34)), font=_font(34), fill=_MUTED)
    file = io.BytesIO()
    image.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _drawable(text: str) -> str:
    plain = " ".join(text.translate(_PLAIN).split())
    return "".join(sign if sign.isprintable() and ord(sign) < 0x180 else "?" for sign in plain)


def _width(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> float:
    return font.getlength(text)


def _cut(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    """Return as much of a text as a line holds."""
    most = SIZE[0] - 2 * _EDGE
    if _width(text, font) <= most:
        return text
    while text and _width(f"{text}...", font) > most:
        text = text[:-1]
    return f"{text.rstrip()}..."


def _lines(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> Iterator[str]:
    """Yield the lines of a text, the last one cut; a word that no line holds is cut, too."""
    words = text.split()
    for place in range(_MOST_LINES):
        line: list[str] = []
        while words and (not line or _width(" ".join([*line, words[0]]), font) <= SIZE[0] - 2 * _EDGE):
            line.append(words.pop(0))
        if not line:
            return
        is_last = place == _MOST_LINES - 1 and bool(words)
        yield _cut(" ".join([*line, *words] if is_last else line), font)
