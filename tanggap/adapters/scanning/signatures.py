"""Tells what a file is by its first bytes, and whether something else hides in it.

Our own checks decide; `puremagic` is a second opinion that may only veto. Nothing here decodes content.
"""

import mmap
from pathlib import Path
from typing import Final

import puremagic

from tanggap.adapters.scanning.media_types import JPEG, MP4, PDF, PNG, THREE_GP, WEBM, WEBP
from tanggap.domain.attachments import Refusal

_HEAD: Final = 4096
_MP4_BRANDS: Final = frozenset(
    {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1"}
    | {b"M4V ", b"M4VH", b"M4VP", b"dash", b"msdh", b"MSNV", b"mmp4", b"f4v "}
)
_FAMILY: Final = {"image": "image/", "application": "application/pdf", "video": "video/"}
# Signs of a second file in the first: programs, pages, archives. Each is searched in the whole file; all are
# long enough not to occur by chance in compressed data.
_FOREIGN: Final = (
    *(word for name in (b"<script", b"<html", b"<!doctype html", b"<iframe") for word in (name, name.upper())),
    b"<!DOCTYPE html",
    b"<?php",
    b"<svg xmlns",
    b"#!/bin/",
    b"#!/usr/bin/",
    b"This program cannot be run in DOS mode",
    b"This program must be run under Win32",
)
_ZIP_END: Final = b"PK\x05\x06"
_ZIP_START: Final = b"PK\x03\x04"
_ZIP_TAIL: Final = 65_557


def _brand_type(brand: bytes) -> str | None:
    """Return the type of an ISO base media file by its major brand."""
    if brand in _MP4_BRANDS:
        return MP4
    if brand[:3] in {b"3gp", b"3gg", b"3ge", b"3gr", b"3gs", b"3g2"}:
        return THREE_GP
    return None


def media_type_of(head: bytes) -> str | None:
    """Return the media type that the first bytes declare, or None when it is not one that we take.

    GIF, SVG, TIFF, BMP and HEIC are not taken: nothing that a report needs comes in them alone.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        return PNG
    if head[:4] == b"RIFF" and head[8:15] == b"WEBPVP8":
        return WEBP
    if head[:5] == b"%PDF-" and head[5:6] in {b"1", b"2"}:
        return PDF
    if head[4:8] == b"ftyp":
        return _brand_type(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"\x42\x82\x84webm" in head[:128]:
        return WEBM
    return None


def _is_vetoed(head: bytes, media_type: str, claimed_name: str) -> bool:
    """Say whether the second opinion sees a file of quite another family, and is sure of it."""
    try:
        opinions = puremagic.magic_string(head, claimed_name or None)
    except (puremagic.PureError, ValueError):
        return False
    family = _FAMILY[media_type.partition("/")[0]]
    sure = [opinion for opinion in opinions if opinion.confidence >= 0.8 and opinion.mime_type]
    return bool(sure) and not any(opinion.mime_type.startswith(family) for opinion in sure)


def _has_stowaway(content: mmap.mmap, media_type: str) -> bool:
    """Say whether a page, a program, an archive or a second document hides in the file (a polyglot)."""
    if any(content.find(word) >= 0 for word in _FOREIGN):
        return True
    if content.rfind(_ZIP_END, max(0, len(content) - _ZIP_TAIL)) >= 0 and content.find(_ZIP_START) >= 0:
        return True
    documents = content.find(b"%PDF-1", 1), content.find(b"%PDF-2", 1)
    return media_type != PDF and max(documents) >= 0


def identify(path: Path, claimed_name: str) -> str | Refusal:
    """Return the media type of a file that is wholly what it says, or the reason to refuse it.

    The claimed name decides nothing: an `.exe` named `.jpg` is no image, and neither is a page named `.png`.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            return Refusal.EMPTY
        media_type = media_type_of(head)
        if media_type is None:
            return Refusal.UNKNOWN_TYPE
        if _is_vetoed(head, media_type, claimed_name):
            return Refusal.MIXED_TYPE
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return Refusal.MIXED_TYPE if _has_stowaway(content, media_type) else media_type
