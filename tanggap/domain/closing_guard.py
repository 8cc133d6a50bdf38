"""What an answer must not be: a door to somebody else's house, or a copy (REQ-19 to 23).

Tables of Indonesian phrases and pure functions over them. Whatever is found here stops nobody for good: an answer is
looked at by a second officer. What claims work on the spot is found by `domain.field_claims`. How well the phrases do
is measured by `tests/domain/test_closing_guard.py`.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from tanggap.domain.field_claims import field_work


class Ground(StrEnum):
    """Why an answer waits for a second look."""

    SENDS_ELSEWHERE = "sends_elsewhere"
    SAME_WORDS = "same_words"


# So many answers of an agency in one month may say the same; the next one is looked at.
MOST_SAME: Final = 1


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_PLEASE = r"(?:silah?kan|mohon|harap|tolong|sebaiknya|dapat|bisa|agar|supaya|dipersilah?kan|disarankan|sarankan|cukup)"
_BETWEEN = r"(?:\s+\w+){0,3}?\s+"
_TURN = (
    r"(?:menghubungi|hubungi|melapor(?:kan)?|lapor(?:kan)?|menyampaikan|disampaikan|menanyakan|ditanyakan|tanyakan|"
    r"bertanya|mengadukan|adukan|mengadu|datang|berkoordinasi|koordinasi|mengunjungi|kunjungi|menuju|cek|lihat|"
    r"(?:membuat|ajukan|mengajukan)\s+(?:laporan|pengaduan|aduan)|ke)"
)
# A sentence that sends the citizen on.
_SENDS: Final = _any(
    rf"\b{_PLEASE}{_BETWEEN}{_TURN}\b",
    r"^\s*(?:hubungi|laporkan|tanyakan|adukan)\b",
    r"\blangsung\s+(?:saja|aja)?\s*ke\b",
)
# A sentence that says whose it is not, or whose it is, and nothing of the matter.
_DENIES: Final = _any(
    r"\b(?:bukan|di\s*luar|tidak\s+termasuk)\b.{0,40}\b(?:ke)?wenang(?:an)?\b",
    r"\b(?:bukan|di\s*luar)\b.{0,30}\b(?:ranah|tupoksi|tugas|urusan|bagian)\b",
    r"\bbukan\s+pihak\s+yang\s+berwenang\b",
    r"\b(?:adalah|merupakan)\s+(?:jalan|kewenangan|ranah|tugas|urusan)\s+\w+(?:\s+\w+)?\s*$",
)
# What is said to be polite.
_POLITE: Final = _any(
    r"^\W*$",
    r"^\s*(?:assalamu\S*|wassalam\S*|wa'?alaikum\S*|salam|hormat kami|demikian)\b",
    r"^\s*selamat\s+(?:pagi|siang|sore|malam)\b[\s\w]{0,20}$",
    r"^\s*(?:yth|yang\s+terhormat|kepada)\b[\w\s/.]{0,40}$",
    r"\bterima\s*kasih\b[^.]{0,80}$",
    r"\bmohon\s+maaf\b[^.]{0,60}$",
    r"^\s*(?:laporan|aduan|pengaduan|masukan|pesan)\b.{0,30}\b(?:sudah|telah)\s+(?:kami\s+)?(?:terima|diterima)\s*$",
)
# What makes a sentence of this kind an answer of its own: papers, hours, prices, a day.
_TELLS: Final = _any(
    r"\b(?:dengan\s+)?membawa\b",
    r"\b(?:syarat|persyaratan|loket|biaya|gratis|tarif)\w*\b",
    r"\bpukul\s+\d",
    r"\b\d{1,2}[.:]\d{2}\b",
    r"\b\d{1,2}\s+(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b",
    r"\btanggal\s+\d",
    r"\b(?:nomor|no\.?)\s+\d+/",
)
_ABBREVIATIONS: Final = re.compile(r"\b(yth|sdr|sdri|bpk|no|jl|dr|drs|hj?|tgl|dsb|dll|rt|rw)\.\s*", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSES: Final = re.compile(r",\s+|\s+(?:sehingga|maka|karena)\s+", re.IGNORECASE)


def sends_elsewhere(text: str) -> bool:
    """Say whether an answer sends the citizen on, and says nothing else than that, whose it is not, and greetings."""
    parts = list(_parts(text))
    return any(_SENDS.search(part) for part in parts) and all(_is_empty(part) for part in parts)


def _parts(text: str) -> Iterable[str]:
    """Yield the sentences of a text; one that says more than one thing in its clauses."""
    for sentence in _SENTENCES.split(_ABBREVIATIONS.sub(r"\1 ", text)):
        words = sentence.strip().rstrip(".!?;")
        if not words:
            continue
        if _SENDS.search(words) and not _TELLS.search(words):
            yield from (part for part in _CLAUSES.split(words) if part.strip())
        else:
            yield words


# A clause of so few words says nothing by itself ("untuk masalah ini", "laporan Saudara").
_FEW: Final = 4


def _is_empty(part: str) -> bool:
    if _TELLS.search(part):
        return False
    if any(pattern.search(part) for pattern in (_SENDS, _DENIES, _POLITE)):
        return True
    return len(part.split()) <= _FEW and not field_work(part) and not any(sign.isdigit() for sign in part)


_MONTHS: Final = re.compile(
    r"\b(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|"
    r"senin|selasa|rabu|kamis|jumat|sabtu|minggu)\b"
)
_NUMBERS: Final = re.compile(r"\d+")
_SIGNS: Final = re.compile(r"[^\w#@]+|_")


def normalised(text: str, names: Iterable[str] = ()) -> str:
    """Return a text as it is compared: without case, signs and spaces; numbers, days and names of the report masked.

    `names` are what differs from report to report though the answer is the same one: its place, its number.
    """
    words = text.casefold()
    for name in sorted({name.casefold().strip() for name in names}, key=len, reverse=True):
        if name:
            words = words.replace(name, "@")
    words = _NUMBERS.sub("#", _MONTHS.sub("#", words))
    return " ".join(_SIGNS.sub(" ", words).split())


def month_of(moment: datetime, zone: str) -> datetime:
    """Return the first moment of the month, where the agency is: from there same answers are counted."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
