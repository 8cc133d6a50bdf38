"""What an answer must not be: a door to somebody else's house, or a copy (REQ-19 to 23).

Tables of Indonesian phrases and pure functions over them. Whatever is found here stops nobody for good: an answer is
looked at by a second officer. What claims work on the spot is found by `domain.field_claims`. How well the phrases do
is measured by `tests/domain/test_closing_guard.py`.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from tanggap.domain.field_claims import field_work


class Ground(StrEnum):
    """Why an answer waits for a second look."""

    SENDS_ELSEWHERE = "sends_elsewhere"
    SAYS_NOTHING = "says_nothing"
    SAME_WORDS = "same_words"


# So many answers of an agency within so many days may say the same; the next one is looked at. The days run back from
# the answer, so that the first of a month frees nothing.
MOST_SAME: Final = 1
SAME_DAYS: Final = 30


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_PLEASE = r"(?:silah?kan|mohon|harap|tolong|sebaiknya|dapat|bisa|agar|supaya|dipersilah?kan|disarankan|sarankan|cukup)"
_BETWEEN = r"(?:\s+\w+){0,3}?\s+"
_TURN = (
    r"(?:menghubungi|hubungi|melapor(?:kan)?|lapor(?:kan)?|menyampaikan|disampaikan|menanyakan|ditanyakan|tanyakan|"
    r"bertanya|mengadukan|adukan|mengadu|datang|berkoordinasi|koordinasi|mengunjungi|kunjungi|menuju|cek|lihat|"
    r"(?:membuat|ajukan|mengajukan)\s+(?:laporan|pengaduan|aduan)|(?:mem)?buka\s+(?:website|situs|laman|aplikasi|media\s+sosial)|ke)"
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
    r"\bsurat\s+(?:\w+\s+)?\d+/",
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
    if _is_handed_on(part) and not field_work(part):
        return True
    if any(pattern.search(part) for pattern in (_SENDS, _DENIES, _POLITE)):
        return True
    return len(part.split()) <= _FEW and not field_work(part) and not any(sign.isdigit() for sign in part)


# That it was handed on, and nothing of the matter: what is left of a sentence without these words says something.
_HANDED: Final = (
    r"(?:(?:di|me)?(?:nerus|terus|nyampai|sampai|limpah|koordinasi|ngoordinasi|ngkoordinasi|disposisi|ndisposisi|forward)"
    r"kan|(?:ber)?koordinasi|(?:di|me)?(?:tindak|nindak)\s?lanjuti|tindak\s?lanjut|(?:di|mem)?proses|"
    r"(?:di|mem)?(?:pelajari|kaji)|(?:di)?cek|monitor|atensi|perhatian|evaluasi|(?:di)?eskalasi(?:kan)?)(?:nya)?"
)
_OFFICE: Final = (
    r"(?:pihak|dinas|instansi|bidang|unit|upt\w*|opd|skpd|badan|balai|kantor|kecamatan|kelurahan|desa|pemerintah\w*|pem\w{2,4}|"
    r"kement\w+|direktorat|bagian|seksi|tim|petugas|kepolisian|puskesmas|sekolah|bupati|gubernur|camat|lurah|kepala|"
    r"pimpinan|pejabat|atasan|perusahaan|pengelola|operator|dis\w{2,8}|din\w{2,6}|satpol|pln|pdam|bp\w{2,4}|rs\w*|"
    r"(?-i:[A-Z]{2,})\w*)"
)
# From 'kepada' on it is the name of an office, until the sentence goes on.
_TO_AN_OFFICE: Final = re.compile(
    rf"\b(?:ke|kepada|pada|dengan|bersama|oleh|melalui|di)\s+{_OFFICE}\b"
    r"(?:\s+(?!(?:untuk|agar|supaya|guna|dan|serta|sehingga|karena|tetapi|namun|dengan|pada|melalui|hasil\w*|telah|sudah|akan)\b)"
    r"[\w/&.-]+){0,7}",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"\b(?:tentang|mengenai|terkait|perihal|soal|atas)\b(?:\s+(?!(?:telah|sudah|akan|sedang|kami)\b)[\w/-]+){1,12}"
    r"(?=\s+(?:telah|sudah|akan|sedang|kami)\b)",
    re.IGNORECASE,
)
_IN_ORDER_TO: Final = re.compile(
    r"\b(?:untuk|agar|supaya|guna)\b(?:\s+(?:dapat|bisa|segera|dilakukan|dilaksanakan|mendapat\w*|di))*\s+"
    r"(?:di\w+|pe\w+an|tangani|perbaiki|tindakan)\b(?:\s+(?:lebih|lanjut|segera|sesuai|sebagaimana|mestinya))*",
    re.IGNORECASE,
)
_HOLLOW: Final = re.compile(
    rf"\b(?:{_HANDED}|(?:di|me)?(?:terima|nerima)|(?:laporan|lap|aduan|pengaduan|keluhan|masukan|informasi|hal|permasalahan|masalah|pesan|tiket)(?:nya)?|"
    r"nomor|anda|saudara|saudari|bapak|ibu|kakak|kak|pak|bu|pelapor|tersebut|ini|itu|dimaksud|atas|telah|sudah|akan|sedang|"
    r"segera|kini|saat|sementara|langsung|juga|masih|dalam|kami|kita|untuk|agar|supaya|guna|dapat|bisa|dan|serta|dengan|"
    r"secara|yang|lebih|lanjut|selanjutnya|kembali|sesuai|prosedur|ketentuan|aturan|kewenangan\w*|tugas|fungsi|tupoksi|"
    r"sebagaimana|mestinya|berlaku|internal|terkait|bersangkutan|berwenang|membidangi|teknis|setempat|lain|proses|prosesnya|"
    r"penanganan(?:nya)?|penyelesaian(?:nya)?|tindak|hasil(?:nya)?|perkembangan(?:nya)?|(?:di)?informasikan|(?:di)?kabar(?:i|kan)|"
    r"(?:di)?beritahukan|mohon|harap|kiranya|menunggu|ditunggu|bersabar|sabar|kesabaran(?:nya)?|kerja\s?sama(?:nya)?|maklum|"
    r"menjadi|jadi|jadikan|dijadikan|bahan|prioritas|ditangani|tangani|tahap|tahapan|terlebih|dahulu|ke|kepada|pada|oleh|di|"
    r"jajaran|rekan|demikian|ya|terima\s?kasih|secepatnya|hari|tanggal|tgl|senin|selasa|rabu|kamis|jumat|kemarin)\b",
    re.IGNORECASE,
)
_GOT: Final = r"(?:di|me)?(?:terima|nerima)"
_IS_HANDED: Final = _any(
    rf"\b{_HANDED}\b", rf"\b(?:laporan|aduan|pengaduan|keluhan|informasi|pesan)(?:nya)?\b.*\b{_GOT}\b"
)
# Its number and the day on which it was handed on tell nothing of the matter.
_WHICH: Final = re.compile(
    r"\b(?:laporan|aduan|pengaduan|tiket)?\s*(?:nomor|no|kode)\s+[\w.-]+(?![/\w])|\b(?:pada\s+)?(?:tanggal|tgl)?\s*\d{1,2}\s+"
    r"(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)(?:\s+\d{4})?\b",
    re.IGNORECASE,
)
_GREETS: Final = _any(
    r"^\W*$",
    r"^\W*(?:assalamu\S*|wassalam\S*|wa'?alaikum\S*|salam|hormat kami|demikian)\b[\w\s]{0,40}$",
    r"^\W*selamat\s+(?:pagi|siang|sore|malam)\b[\s\w/]{0,30}$",
    r"^\W*(?:baik|siap|oke?|mohon\s+izin)\W*$",
    r"^\W*(?:yth|yang\s+terhormat|kepada)\b[\w\s/.]{0,40}$",
    r"^\W*(?:bapak|ibu|saudara|saudari|kak|kakak|pak|bu|halo|hai)\b[\w\s/.]{0,20}$",
    r"^\W*(?:kami\s+)?(?:ucapkan\s+|mengucapkan\s+)?(?:terima\s*kasih|makasih)\b"
    r"(?:\s+(?:atas|telah|sudah|untuk|banyak|kembali|ya|kak|pak|bu|bapak|ibu|saudara|kepada|laporan\w*|masukan\w*)\b.{0,80})?$",
    r"^\W*(?:kami\s+)?(?:mohon|memohon)\s+maaf\b(?:\s+(?:atas|bila|jika)\b.{0,60})?$",
)
# A sentence of so few other words than the hollow ones says nothing still, where it says that it was handed on.
_LEFT: Final = 1


def says_nothing(text: str) -> bool:
    """Say whether an answer says that the report was got, handed on or will be seen to, or greets, and nothing else.

    That it is somebody else's, with nothing to it, is no answer either, nor are one or two words.
    """
    if field_work(text):
        return False
    clauses = [clause for part in _SENTENCES.split(_ABBREVIATIONS.sub(r"\1 ", text)) for clause in _COMMAS.split(part)]
    handed = [clause for clause in clauses if _is_handed_on(clause)]
    greets = [bool(_GREETS.search(clause.rstrip(".!?;"))) for clause in clauses]
    denies = [bool(_DENIES.search(clause.rstrip(".!?;"))) for clause in clauses]
    is_hollow = all(
        is_greeting or clause in handed or is_denial or not _left_of(clause)
        for clause, is_greeting, is_denial in zip(clauses, greets, denies, strict=True)
    )
    return (is_hollow and (bool(handed) or all(greets) or any(denies))) or _is_short(clauses, greets)


# So few different words of the matter are no answer ("Sudah.", "Akan dikerjakan."), unless they decide it.
_SHORT: Final = 2
_DECIDES: Final = re.compile(
    r"\b(?:terbukti|disetujui|dikabulkan|ditolak)\b|\b(?:permohonan|usulan|permintaan|izin)\b.*\bditerima\b",
    re.IGNORECASE,
)


def _is_short(clauses: Iterable[str], greets: Iterable[bool]) -> bool:
    said = [clause for clause, is_greeting in zip(clauses, greets, strict=True) if not is_greeting]
    words = {word.casefold() for clause in said for word in _words_of(clause)}
    return len(words) <= _SHORT and not any(_TELLS.search(clause) or _DECIDES.search(clause) for clause in said)


_COMMAS: Final = re.compile(r",\s+")


def _is_handed_on(clause: str) -> bool:
    return bool(_IS_HANDED.search(clause)) and _left_of(clause) <= _LEFT


def _left_of(clause: str) -> int:
    return len(_words_of(clause))


def _words_of(clause: str) -> list[str]:
    """Return the words of a clause that say anything of the matter."""
    for words in (_WHICH, _ABOUT, _TO_AN_OFFICE, _IN_ORDER_TO, _HOLLOW):
        clause = words.sub(" ", clause)
    return re.findall(r"\w+", clause)


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
