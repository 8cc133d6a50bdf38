"""Finds numbers that name a person: NIK, KK, NPWP, cards, accounts, BPJS, telephones, and whatever is long.

A number is a group of chunks (runs of digits) with little between them. What is plainly a date, a time, an
amount or a measure is set aside first, then each group is read from the left. Every pattern has a bounded
length, so the work grows with the text and not faster.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tanggap.domain.redaction.findings import Finding, FindingKind
from tanggap.domain.redaction.views import View

_CHUNK: Final = re.compile(r"[0-9]+")
# Between the chunks of one number: up to three blanks, dots and dashes. Commas and slashes part numbers.
_GAP: Final = re.compile(r"[ \t.\-_*~+()\[\]]{1,3}")
# A telephone number is torn apart with anything.
_PHONE_GAP: Final = re.compile(r"[^0-9A-Za-z\n]{1,3}")

_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_DATE: Final = rf"(?:{_DAY}[-/.]{_MONTH}[-/.](?:{_YEAR}|[0-9]{{2}})|{_YEAR}[-/.]{_MONTH}[-/.]{_DAY})"
_TIME: Final = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9](?:[.:][0-5][0-9])?"
_SPAN: Final = r" ?(?:-|s/d|s\.d\.|sd|sampai|hingga) ?"
_MONEY: Final = r"(?:0|[1-9][0-9]{0,2}(?:[.,][0-9]{3}){1,4}|[1-9][0-9]{0,14})(?:,[0-9]{1,2}|,-)?"
_UNIT: Final = (
    r" ?(?:rupiah|ribu|rb|juta|jt|miliar|milyar|triliun|persen|%|kg|gram|ton|liter|meter|m2|m3|km|hektare?|ha|unit|"
    r"orang|jiwa|kk|kpm|rumah|warga|siswa|kwh|va|watt)(?![a-z])"
)
_LEFT: Final = r"(?<![0-9A-Za-z])(?<![0-9][.\-/:+])"
_RIGHT: Final = r"(?![0-9])(?![.\-/:][0-9])"
_PLAIN: Final = re.compile(
    rf"(?:rp|idr|usd|\$)[ .:]{{0,3}}{_MONEY}(?![0-9]|\.[0-9])"
    rf"|{_LEFT}{_DATE}(?:{_SPAN}{_DATE})?{_RIGHT}"
    rf"|{_LEFT}{_TIME}(?:{_SPAN}{_TIME})?{_RIGHT}"
    rf"|{_LEFT}{_MONEY}{_UNIT}"
    rf"|{_LEFT}[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}}){{1,4}}(?:,[0-9]{{1,2}}|,-)?{_RIGHT}"
    rf"|{_LEFT}-?[0-9]{{1,3}}\.[0-9]{{4,12}}{_RIGHT}",
    re.IGNORECASE,
)

_DATE_ONLY: Final = re.compile(_DATE)

_WINDOW: Final = 40
_NEAR: Final = 16
_KEYWORDS: Final = re.compile(
    r"(?<![a-z])(?:"
    r"(?P<nik>nik|ktp|e-ktp|nomor induk kependudukan|no\.? ?identitas)"
    r"|(?P<kk>kk|kartu keluarga)"
    r"|(?P<npwp>npwp|wajib pajak)"
    r"|(?P<bpjs>bpjs|jkn|kis|jamkesmas|jamsostek)"
    r"|(?P<card>kartu kredit|kartu debit|credit card|atm)"
    r"|(?P<bank_account>rekening|norek|rek|bca|bri|bni|btn|bsi|bjb|mandiri|cimb|danamon|permata|jenius|seabank|"
    r"virtual account|transfer)"
    r"|(?P<phone>hp|h\.p|hape|handphone|telp|telpon|telepon|tlp|tlpn|telephone|phone|ponsel|wa|whatsapp|whatsap|"
    r"kontak|hubungi|contact|nomor saya|no saya|gopay|ovo|sms|telegram|fax|faks)"
    r")(?![a-z])"
)
_BY_KEYWORD: Final = {
    "nik": (FindingKind.NIK, 10, 20),
    "kk": (FindingKind.KK, 10, 20),
    "npwp": (FindingKind.NPWP, 12, 18),
    "bpjs": (FindingKind.BPJS, 9, 16),
    "card": (FindingKind.CARD, 12, 19),
    "bank_account": (FindingKind.BANK_ACCOUNT, 7, 20),
    "phone": (FindingKind.PHONE, 6, 15),
}
_NEVER_AMOUNTS: Final = frozenset({"nik", "kk", "npwp"})
_ROUND: Final = re.compile(r"[1-9][0-9]{3,5}000")
_MOBILE: Final = re.compile(r"(?:0|62|620)8[1-9][0-9]{7,10}")
_LANDLINE: Final = re.compile(r"(?:0|62|620)(?:2[1-9]|[3-9][0-9])[0-9]{6,9}")
_NPWP: Final = re.compile(
    r"(?<![0-9])(?<![0-9][.\-])[0-9]{2}\.[0-9]{3}\.[0-9]{3}\.?[0-9][-. ]?[0-9]{3}\.?[0-9]{3}(?![0-9])"
)
_NIK: Final = re.compile(
    r"(?:1[1-9]|21|[37][1-6]|5[1-3]|6[1-5]|8[12]|9[1-7])[0-9]{4}"
    r"(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])(?:0[1-9]|1[0-2])[0-9]{6}"
)
_LONG: Final = 16
_LONG_WHOLE: Final = 20
_LONG_LOOSE: Final = 14
_LONG_SOLID: Final = 10
_LEFT_OVER: Final = 8


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A run of digits in the view; `is_plain` when it is part of a date, an amount or the like.

    `is_taken` when it is part of a number that was found already by its shape.
    """

    start: int
    end: int
    digits: str
    is_plain: bool
    is_taken: bool = False


def find_numbers(view: View) -> Iterator[Finding]:
    """Give the numbers of a text, as stretches of the original; they may overlap."""
    text = view.text
    lowered = text.lower()
    chunks = _chunks(text, lowered)
    shaped = [(*found.span(), FindingKind.NPWP) for found in _NPWP.finditer(text)]
    chunks = _told(chunks, shaped)
    phones = list(_phones(text, lowered, chunks))
    for start, end, kind in (*shaped, *phones, *_grouped(text, lowered, _told(chunks, phones))):
        yield Finding(*view.original(start, end), kind)


def _chunks(text: str, lowered: str) -> list[_Chunk]:
    plain = bytearray(len(text))
    for found in _PLAIN.finditer(text):
        # 'NIK 603.121.505' is no amount; 'rekening listrik 1.250.000' is one.
        is_named = found.group()[0].isdigit() and _keyword(lowered, found.start(), _NEAR) in _NEVER_AMOUNTS
        if not is_named or _DATE_ONLY.fullmatch(found.group()):
            plain[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
    return [
        _Chunk(found.start(), found.end(), found.group(), is_plain=bool(plain[found.start()]))
        for found in _CHUNK.finditer(text)
    ]


def _keyword(lowered: str, start: int, window: int = _WINDOW) -> str | None:
    """Return what the last telling word before a number, on the same line, says that it is."""
    before = lowered[max(0, start - window) : start]
    before = before[before.rfind("\n") + 1 :]
    said = None
    for found in _KEYWORDS.finditer(before):
        said = found.lastgroup
    return said


def _phones(text: str, lowered: str, chunks: list[_Chunk]) -> Iterator[tuple[int, int, FindingKind]]:
    """Give telephone numbers, however they are torn apart."""
    index = 0
    while index < len(chunks):
        found = None if chunks[index].is_plain or chunks[index].is_taken else _phone_at(text, lowered, chunks, index)
        if found is None:
            index += 1
            continue
        last = found
        start = chunks[index].start
        while start and text[start - 1] in "+(" and _belongs(text[start - 1 : chunks[last].end]):
            start -= 1
        yield start, chunks[last].end, FindingKind.PHONE
        index = last + 1


def _belongs(written: str) -> bool:
    """Say whether a sign before a number is part of it: '(' in '(021) 555', not in '(0812 3456 7890)'."""
    return written[0] == "+" or ")" in written


def _told(chunks: list[_Chunk], found: list[tuple[int, int, FindingKind]]) -> list[_Chunk]:
    """Return the chunks, those of numbers that were found marked."""
    told: list[_Chunk] = []
    waiting = iter(found)
    number = next(waiting, None)
    for chunk in chunks:
        while number is not None and number[1] <= chunk.start:
            number = next(waiting, None)
        is_inside = number is not None and number[0] <= chunk.start
        told.append(replace(chunk, is_taken=True) if is_inside else chunk)
    return told


def _phone_at(text: str, lowered: str, chunks: list[_Chunk], first: int) -> int | None:
    """Return the last chunk of the telephone number that begins here, or None."""
    head = chunks[first]
    is_international = head.start > 0 and text[head.start - 1] == "+"
    if not (is_international or head.digits[0] in "0689"):
        return None
    # '36.03.120.005', 'BNI 0987654321': without a mobile prefix it does not begin inside another number, nor
    # where a word says that it is something else.
    is_inside = re.fullmatch(r"[0-9][.\-/]", text[max(0, head.start - 2) : head.start]) is not None
    is_else = is_inside or _keyword(lowered, head.start, _NEAR) not in {None, "phone"}
    digits, best = "", None
    for index in range(first, min(first + 14, len(chunks))):
        chunk = chunks[index]
        if index > first and (
            chunk.is_taken
            or (chunk.is_plain and len(digits) >= 4)
            or not _PHONE_GAP.fullmatch(text[chunks[index - 1].end : chunk.start])
        ):
            break
        if index > first and best is not None and _begins_anew(text, chunks, index):
            break
        digits += chunk.digits
        if len(digits) > 15:
            break
        if _is_phone(digits, chunks[first : index + 1], is_international=is_international, is_else=is_else):
            best = index
    return best


def _begins_anew(text: str, chunks: list[_Chunk], index: int) -> bool:
    """Say whether a chunk after a whole number is the next number: a gap of another kind, or a head of its own."""
    gap = text[chunks[index - 1].end : chunks[index].start]
    earlier = text[chunks[index - 2].end : chunks[index - 1].start] if index >= 2 else ""
    return gap != earlier or len(chunks[index].digits) > 4


def _is_phone(digits: str, parts: list[_Chunk], *, is_international: bool, is_else: bool) -> bool:
    if _MOBILE.fullmatch(digits):
        return True
    if is_else:
        return False
    if _LANDLINE.fullmatch(digits):
        # With an area code apart, or in one piece; '0254 2025' and '045/123/2025' are too short or not so cut.
        return len(parts) == 1 or len(parts[0].digits) in {2, 3, 4}
    if is_international:
        return 9 <= len(digits) <= 15 and digits[0] != "0"
    # 812-3456-7890, the zero left out.
    is_cut = [len(part.digits) for part in parts][:2] == [3, 4] and len(parts) == 3
    return is_cut and digits[0] == "8" and digits[1] != "0" and 10 <= len(digits) <= 12


def _grouped(text: str, lowered: str, chunks: list[_Chunk]) -> Iterator[tuple[int, int, FindingKind]]:
    """Give what each group of chunks holds."""
    group: list[_Chunk] = []
    for chunk in chunks:
        if group and not _GAP.fullmatch(text[group[-1].end : chunk.start]):
            yield from _read_group(lowered, group)
            group = []
        group.append(chunk)
    if group:
        yield from _read_group(lowered, group)


def _read_group(lowered: str, group: list[_Chunk]) -> Iterator[tuple[int, int, FindingKind]]:
    """Give the numbers of one group: plain parts cut it, unless the whole has the sixteen digits of an identity."""
    if _count(group) == _LONG and not all(chunk.is_plain for chunk in group):
        yield _span(group, _kind_of_sixteen(lowered, group))
        return
    run: list[_Chunk] = []
    has_phone = any(chunk.is_taken for chunk in group)
    for chunk in group:
        if chunk.is_plain or chunk.is_taken:
            yield from _read_run(lowered, run, found=has_phone)
            run = []
        else:
            run.append(chunk)
    yield from _read_run(lowered, run, found=has_phone)


def _count(run: list[_Chunk]) -> int:
    return sum(len(chunk.digits) for chunk in run)


def _span(run: list[_Chunk], kind: FindingKind) -> tuple[int, int, FindingKind]:
    return run[0].start, run[-1].end, kind


def _read_run(lowered: str, run: list[_Chunk], *, found: bool) -> Iterator[tuple[int, int, FindingKind]]:
    """Read a run of chunks from the left: what a keyword names, sixteen digits, then whatever is long."""
    if not run:
        return
    named = _named(lowered, run)
    if named is not None:
        yield named
        return
    if _LONG < _count(run) <= _LONG_WHOLE and not any(len(chunk.digits) == _LONG for chunk in run):
        yield _span(run, FindingKind.LONG_NUMBER)
        return
    index, left = 0, list[_Chunk]()
    while index < len(run):
        last = _sixteen_at(run, index)
        if last is None:
            left.append(run[index])
            index += 1
            continue
        found = True
        yield from _left_over(left, found=True)
        left = []
        yield _span(run[index : last + 1], _kind_of_sixteen(lowered, run[index : last + 1]))
        index = last + 1
    yield from _left_over(left, found=found)


def _named(lowered: str, run: list[_Chunk]) -> tuple[int, int, FindingKind] | None:
    """Return the run as what the words before it say, when its length fits."""
    keyword = _keyword(lowered, run[0].start)
    if keyword is None:
        return None
    kind, least, most = _BY_KEYWORD[keyword]
    if keyword == "phone" and _keyword(lowered, run[0].start, _NEAR) is None:
        return None
    taken: list[_Chunk] = []
    for chunk in run:
        if taken and _count(taken) + len(chunk.digits) > most:
            return None
        taken.append(chunk)
    if _ROUND.fullmatch(_joined(taken)):
        return None  # 'transfer 1500000' is an amount
    return _span(taken, kind) if least <= _count(taken) <= most else None


def _sixteen_at(run: list[_Chunk], first: int) -> int | None:
    """Return the last chunk of a stretch of exactly sixteen digits that begins here."""
    count = 0
    for index in range(first, min(first + _LONG, len(run))):
        count += len(run[index].digits)
        if count >= _LONG:
            return index if count == _LONG else None
    return None


def _kind_of_sixteen(lowered: str, run: list[_Chunk]) -> FindingKind:
    digits = "".join(chunk.digits for chunk in run)
    keyword = _keyword(lowered, run[0].start)
    if keyword is not None and keyword != "phone":
        return _BY_KEYWORD[keyword][0]
    is_card = digits[0] in "3456" and _luhn(digits)
    if is_card and [len(chunk.digits) for chunk in run] == [4, 4, 4, 4]:
        return FindingKind.CARD
    if _NIK.fullmatch(digits):
        return FindingKind.NIK
    return FindingKind.CARD if is_card and digits[0] in "45" else FindingKind.LONG_NUMBER


def _left_over(run: list[_Chunk], *, found: bool) -> Iterator[tuple[int, int, FindingKind]]:
    """Give what is long in the rest of a run; beside a found number, shorter pieces are long enough."""
    if not run:
        return
    count = _count(run)
    if count == 13 and len(run) == 1 and run[0].digits.startswith("000"):
        yield _span(run, FindingKind.BPJS)
    elif 13 <= count <= 19 and len(run) in {3, 4, 5} and run[0].digits[0] in "3456" and _luhn(_joined(run)):
        yield _span(run, FindingKind.CARD)
    elif count >= (_LEFT_OVER if found else _LONG_LOOSE):
        yield _span(run, FindingKind.LONG_NUMBER)
    else:
        for chunk in run:
            if len(chunk.digits) >= _LONG_SOLID:
                yield _span([chunk], FindingKind.LONG_NUMBER)


def _joined(run: list[_Chunk]) -> str:
    return "".join(chunk.digits for chunk in run)


def _luhn(digits: str) -> bool:
    """Say whether the check digit of a card number is right (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
