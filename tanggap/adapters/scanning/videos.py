"""Looks at the frame of a short video: that its boxes fill the file, and that it is not something else.

A video is neither decoded nor changed: it is never public (only re-encoded images are), and is served as a
download to those who may open the report.
"""

from pathlib import Path
from typing import BinaryIO, Final

from tanggap.adapters.scanning.media_types import WEBM
from tanggap.domain.attachments import Refusal

_MOST_BOXES: Final = 100_000
_SEGMENT: Final = b"\x18\x53\x80\x67"


def check(path: Path, media_type: str) -> Refusal | None:
    """Return why a video is refused, or None when its frame is sound."""
    size = path.stat().st_size
    with path.open("rb") as file:
        sound = _is_sound_webm(file, size) if media_type == WEBM else _is_sound_mp4(file, size)
    return None if sound else Refusal.BROKEN


def _is_sound_mp4(file: BinaryIO, size: int) -> bool:
    """Walk the boxes (ISO 14496-12): each begins where the last ended, and the last ends with the file."""
    seen: set[bytes] = set()
    place = 0
    for _ in range(_MOST_BOXES):
        if place == size:
            return {b"ftyp", b"moov"} <= seen and bool({b"mdat", b"moof"} & seen)
        file.seek(place)
        head = file.read(16)
        if len(head) < 8:
            return False
        length = int.from_bytes(head[:4])
        if length == 1:
            length = int.from_bytes(head[8:16]) if len(head) == 16 else 0
        elif length == 0:
            length = size - place
        if length < 8 or place + length > size:
            return False
        seen.add(head[4:8])
        place += length
    return False


def _varint(raw: bytes, place: int) -> tuple[int, int, bool]:
    """Read an EBML number (RFC 8794); returns value, place behind it, and whether it means 'unknown'."""
    first = raw[place]
    length = 9 - first.bit_length()
    value = int.from_bytes(raw[place : place + length])
    marker = 1 << (7 * length)
    bare = value & (marker - 1)
    return bare, place + length, bare == marker - 1


def _is_sound_webm(file: BinaryIO, size: int) -> bool:
    """Check that the EBML header is followed by one segment that fits the file."""
    head = file.read(1024)
    try:
        length, place, is_unknown = _varint(head, 4)
        segment = place + length
        if is_unknown or head[segment : segment + 4] != _SEGMENT:
            return False
        length, place, is_unknown = _varint(head, segment + 4)
    except IndexError:
        return False
    return is_unknown or place + length == size
