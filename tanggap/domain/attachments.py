"""Which files may come with a report, how large, and why one is refused.

A file is what its content says, never what its name claims; names are kept only for people to recognise.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

MOST_FILES: Final = 5
MEGABYTE: Final = 1024 * 1024


class FileKind(StrEnum):
    """What people can do with a file: look at it, read it, play it."""

    IMAGE = "image"
    DOCUMENT = "document"
    VIDEO = "video"


class Refusal(StrEnum):
    """Why a file is not taken. The words for people stand in `web/wording.py`."""

    TOO_MANY = "too_many"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    MIXED_TYPE = "mixed_type"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    ENCRYPTED = "encrypted"
    ACTIVE_CONTENT = "active_content"
    INFLATES = "inflates"
    NO_ROOM = "no_room"


LARGEST: Final[Mapping[FileKind, int]] = MappingProxyType(
    {FileKind.IMAGE: 10 * MEGABYTE, FileKind.DOCUMENT: 10 * MEGABYTE, FileKind.VIDEO: 50 * MEGABYTE}
)
LARGEST_OF_ALL: Final = max(LARGEST.values())
MOST_PIXELS: Final = 50_000_000
MOST_INFLATED: Final = 100 * MEGABYTE
IMAGE_EDGE: Final = 2560
THUMBNAIL_EDGE: Final = 640

# What is stored, and so what may ever be served: media type → (kind, ending of the name).
STORED_TYPES: Final[Mapping[str, tuple[FileKind, str]]] = MappingProxyType(
    {
        "image/webp": (FileKind.IMAGE, ".webp"),
        "application/pdf": (FileKind.DOCUMENT, ".pdf"),
        "video/mp4": (FileKind.VIDEO, ".mp4"),
        "video/webm": (FileKind.VIDEO, ".webm"),
        "video/3gpp": (FileKind.VIDEO, ".3gp"),
    }
)
# What the file field of a form offers (its `accept`): the content decides, this only helps to choose.
OFFERED_TYPES: Final = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "application/pdf",
    "video/mp4",
    "video/webm",
    "video/3gpp",
)

LONGEST_NAME_BYTES: Final = 255
_NAMELESS: Final = "lampiran"
_FORBIDDEN: Final = frozenset('<>:"|?*')


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken, and why."""

    reason: Refusal


def refuse_size(size: int, kind: FileKind | None = None) -> Refusal | None:
    """Say why a file of this size is not taken; without a kind, by the largest size of any."""
    if size <= 0:
        return Refusal.EMPTY
    largest = LARGEST_OF_ALL if kind is None else LARGEST[kind]
    return Refusal.TOO_LARGE if size > largest else None


def _is_safe(sign: str) -> bool:
    """Leave out control and formatting signs (a right-to-left override turns 'gpj.exe' round), and lone surrogates."""
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and sign not in _FORBIDDEN


def clean_name(claimed: str, media_type: str) -> str:
    """Return a harmless name of at most 255 bytes with the ending of what the file really is.

    `claimed`: what the browser said, path parts and all. The ending that it claims is dropped, so that
    a name never contradicts the content.
    """
    ending = STORED_TYPES[media_type][1]
    last = unicodedata.normalize("NFC", claimed[-4096:]).replace("\\", "/").rsplit("/", 1)[-1]
    name = " ".join("".join(sign if _is_safe(sign) else " " for sign in last).split())
    stem, dot, claimed_ending = name.rpartition(".")
    if dot and len(claimed_ending) <= 10 and claimed_ending.isalnum():
        name = stem
    name = name.strip(" .") or _NAMELESS
    room = LONGEST_NAME_BYTES - len(ending)
    return name.encode("utf-8")[:room].decode("utf-8", "ignore").rstrip(" .") + ending
