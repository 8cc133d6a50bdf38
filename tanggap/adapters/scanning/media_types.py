"""The types of file that may be handed in, named once."""

from typing import Final

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
PDF: Final = "application/pdf"
MP4: Final = "video/mp4"
WEBM: Final = "video/webm"
THREE_GP: Final = "video/3gpp"
