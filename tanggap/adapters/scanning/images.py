"""Opens an image from a stranger and writes a fresh one: smaller, upright, and without a word about its maker.

Only pixels pass: place (GPS), camera, owner, comments and colour profile stay behind. Runs as a confined
process, so that a decoder that is led astray harms nobody.
"""

import warnings
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from tanggap.adapters.scanning import confinement
from tanggap.adapters.scanning.media_types import JPEG, PNG, WEBP
from tanggap.domain.attachments import IMAGE_EDGE, MOST_PIXELS, THUMBNAIL_EDGE, Refusal

_FORMATS: Final = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",), WEBP: ("WEBP",)}
# Named here, they are all that is loaded: to find a format that it does not know, Pillow loads forty decoders.
DECODERS: Final = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
_QUALITY: Final = 82
_THUMBNAIL_QUALITY: Final = 75
# WebP's effort 0-6: 2 is three times as fast as the default and costs some per cent of bytes.
_EFFORT: Final = 2


def _pixels_only(image: Image.Image) -> Image.Image:
    """Return a new image that holds the pixels and nothing else, turned upright."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        # Sixteen bits of grey: the conversion to eight would cut off instead of scaling.
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    has_alpha = upright.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in upright.info
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def clean(media_type: str, source: Path, target: Path, thumbnail: Path) -> confinement.Answer | Refusal:
    """Write the image and its thumbnail as WebP; return its type and size, or why the image is refused.

    The number of pixels is judged by the header, before anything is decoded.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=_FORMATS[media_type]) as image:
                return _clean(image, target, thumbnail)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refusal.TOO_MANY_PIXELS
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, ArithmeticError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        return Refusal.BROKEN


def _clean(image: Image.Image, target: Path, thumbnail: Path) -> confinement.Answer | Refusal:
    if image.width * image.height > MOST_PIXELS:
        return Refusal.TOO_MANY_PIXELS
    # JPEG can be decoded at half or quarter size: less memory, and much faster.
    image.draft("RGB", (IMAGE_EDGE, IMAGE_EDGE))
    image.load()
    image.thumbnail((IMAGE_EDGE, IMAGE_EDGE), Image.Resampling.LANCZOS)
    bare = _pixels_only(image)
    bare.save(target, "WEBP", quality=_QUALITY, method=_EFFORT)
    answer = {"media_type": WEBP, "width": bare.width, "height": bare.height}
    bare.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE), Image.Resampling.LANCZOS)
    bare.save(thumbnail, "WEBP", quality=_THUMBNAIL_QUALITY, method=_EFFORT)
    return answer


if __name__ == "__main__":
    confinement.main(clean)
