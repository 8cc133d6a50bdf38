"""Counts how large the streams of a PDF become, without ever holding them: sixty-four kilobytes at a time.

Ten megabytes of zeros deflated twice would fill every machine. A first pass reads the raw file, so that
even what the PDF library inflates on opening (cross-reference and object streams) has been counted before.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from tanggap.domain.attachments import MOST_INFLATED

_CHUNK: Final = 64 * 1024
_DEEPEST: Final = 8
_MOST_STREAMS: Final = 200_000
_STREAM: Final = re.compile(rb"stream[\r\n \t\0\f]{0,8}")
_HEX: Final = re.compile(rb"[^0-9A-Fa-f]+")
# Filters that end in pixels are the viewer's affair; they are judged by the size of the picture.
PICTURES: Final = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/DCT", "/CCF"})


class InflatesError(Exception):
    """The streams of a file are larger than is allowed, or packed in a way that nobody needs."""


class Budget:
    """What may still be inflated in one file; each byte of each level of nesting is charged."""

    def __init__(self, most: int = MOST_INFLATED) -> None:
        self.left = most

    def charge(self, size: int) -> None:
        """Take from what is left; raises InflatesError when it is used up."""
        self.left -= size
        if self.left < 0:
            raise InflatesError


def _pieces(raw: memoryview) -> Iterator[bytes]:
    """Cut the bytes up; the first pieces are small, since most false starts end there."""
    start, size = 0, 512
    while start < len(raw):
        yield bytes(raw[start : start + size])
        start += size
        size = min(size * 2, _CHUNK)


def _inflate(pieces: Iterable[bytes], budget: Budget) -> Iterator[bytes]:
    """Undo deflate in bounded pieces; what is no deflate ends quietly, as viewers treat it."""
    engine = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest:
            try:
                made = engine.decompress(rest, _CHUNK)
            except zlib.error:
                return
            budget.charge(len(made))
            if made:
                yield made
            if engine.eof:
                return
            rest = engine.unconsumed_tail


def _unhex(pieces: Iterable[bytes], budget: Budget) -> Iterator[bytes]:
    """Undo ASCIIHex."""
    odd = b""
    for piece in pieces:
        body, end, _ = piece.partition(b">")
        digits = odd + _HEX.sub(b"", body)
        odd = digits[len(digits) & ~1 :]
        made = bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))
        budget.charge(len(made))
        yield made
        if end:
            return


def _un85(pieces: Iterable[bytes], budget: Budget) -> Iterator[bytes]:
    """Undo ASCII85; five signs give four bytes, a 'z' gives four zeros."""
    group: list[int] = []
    for piece in pieces:
        made = bytearray()
        for sign in piece:
            if sign == 0x7E:
                budget.charge(len(made))
                yield bytes(made)
                return
            if sign == 0x7A and not group:
                made += b"\0\0\0\0"
            elif 0x21 <= sign <= 0x75:
                group.append(sign - 0x21)
                if len(group) == 5:
                    value = 0
                    for digit in group:
                        value = value * 85 + digit
                    made += (value & 0xFFFFFFFF).to_bytes(4)
                    group.clear()
        budget.charge(len(made))
        yield bytes(made)


def _unrun(pieces: Iterable[bytes], budget: Budget) -> Iterator[bytes]:
    """Undo run lengths; two bytes give up to 128."""
    held = b""
    for piece in pieces:
        held += piece
        place, made = 0, bytearray()
        while place + 1 < len(held):
            length = held[place]
            if length == 128:
                budget.charge(len(made))
                yield bytes(made)
                return
            if length > 128:
                made += held[place + 1 : place + 2] * (257 - length)
                place += 2
            elif place + 2 + length <= len(held):
                made += held[place + 1 : place + 2 + length]
                place += 2 + length
            else:
                break
            if len(made) >= _CHUNK:
                budget.charge(len(made))
                yield bytes(made)
                made = bytearray()
        budget.charge(len(made))
        yield bytes(made)
        held = held[place:]


_FILTERS: Final = {
    "/FlateDecode": _inflate,
    "/Fl": _inflate,
    "/ASCIIHexDecode": _unhex,
    "/AHx": _unhex,
    "/ASCII85Decode": _un85,
    "/A85": _un85,
    "/RunLengthDecode": _unrun,
    "/RL": _unrun,
}


def count_stream(raw: memoryview, filters: list[str], budget: Budget) -> None:
    """Charge what a stream with these filters becomes, level by level.

    Raises InflatesError when the budget is used up, when filters are nested too deep, or when one is not
    known here (LZW, not written for twenty years, could not be counted without being undone in full).
    """
    if len(filters) > _DEEPEST:
        raise InflatesError
    pieces: Iterator[bytes] = _pieces(raw)
    for name in filters:
        if name in PICTURES:
            break
        undo = _FILTERS.get(name)
        if undo is None:
            raise InflatesError
        pieces = undo(pieces, budget)
    for _ in pieces:
        pass


def looks_deflated(head: bytes) -> bool:
    """Say whether bytes begin as deflated data do (RFC 1950)."""
    return len(head) >= 2 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0


def _count_nested(pieces: Iterator[bytes], budget: Budget, depth: int = 0) -> None:
    """Inflate; and where the outcome begins like deflated data again, inflate that too."""
    first = next(pieces, b"")
    if depth < _DEEPEST and looks_deflated(first):

        def again() -> Iterator[bytes]:
            yield first
            yield from pieces

        _count_nested(_inflate(again(), budget), budget, depth + 1)
    for _ in pieces:
        pass


def count_raw(content: memoryview, budget: Budget) -> None:
    """Charge every deflated stream that the raw bytes hold, whatever the file says about them.

    Raises InflatesError. A stream that lies in another one's reach is charged once: the search goes on
    behind the word 'stream', and deflated data rarely hold that word.
    """
    for count, found in enumerate(_STREAM.finditer(content)):
        if count > 2 * _MOST_STREAMS:  # 'endstream' is found as well
            raise InflatesError
        start = found.end()
        if looks_deflated(bytes(content[start : start + 2])):
            _count_nested(_inflate(_pieces(content[start:]), budget), budget)
