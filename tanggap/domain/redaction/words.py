"""Finds what is written in words: e-mail addresses, vehicle plates, and addresses of houses.

Every pattern has a bounded length, so the work grows with the text and not faster.
"""

import re
from collections.abc import Iterator
from typing import Final

from tanggap.domain.redaction.findings import Finding, FindingKind
from tanggap.domain.redaction.names import find_names
from tanggap.domain.redaction.views import View

# E-mail -------------------------------------------------------------------------------------------
_AT: Final = re.compile(r" ?@ ?| ?[\[({<] ?(?:at|et|a) ?[\])}>] ?| at | et ", re.IGNORECASE)
_LOCAL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,63})")
_LOCAL_SIGN: Final = re.compile(r"[A-Za-z0-9._%+\-]")
_DOT: Final = r"(?:\.| ?[\[({<] ?(?:dot|titik) ?[\])}>] ?| dot | titik | \. )"
_DOMAIN: Final = re.compile(rf"[A-Za-z0-9\-]{{1,63}}(?:{_DOT}[A-Za-z0-9\-]{{2,24}}){{1,4}}", re.IGNORECASE)
_TOP_LEVEL: Final = re.compile(r"(?:com|net|org|id|co|go|sch|info|io|me|edu)\Z", re.IGNORECASE)

# Plates -------------------------------------------------------------------------------------------
_REGIONS: Final = (
    "AA|AB|AD|AE|AG|A|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|B|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|DN|DP|DR|DS|DT|DW|D|"
    "EA|EB|ED|E|F|G|H|KB|KH|KT|KU|K|L|M|N|PA|PB|PG|PS|P|R|S|T|W|Z"
)
_PLATE: Final = re.compile(
    rf"(?<![A-Za-z0-9/.\-])(?P<region>{_REGIONS})(?P<gap>[ .\-]{{0,2}})(?P<number>[1-9][0-9]{{0,3}})"
    rf"(?:[ .\-]{{0,2}}(?P<series>[A-Z]{{1,3}}))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_VEHICLE: Final = re.compile(
    r"(?<![a-z])(?:plat|pelat|nopol|no\.? ?pol|nomor polisi|bernopol|berplat|berpelat|mobil|motor|sepeda motor|truk|"
    r"truck|bus|angkot|kendaraan|avanza|innova|xenia|pick ?up|pikap|ambulans|taksi|ojek|tronton|dump)(?![a-z])"
)
_NOT_A_PLATE_AFTER: Final = re.compile(
    r"(?:blok|gang|gg|jalan|jl|jln|lantai|kelas|kavling|kav|pasal|ayat|huruf|ruang|gedung|tipe|type|"
    r"trayek|"
    r"rute|koridor|jurusan|kolom|tabel|lampiran|ruas|golongan|gol|seri|limbah|vitamin|hepatitis|kategori|km|rt|rw|"
    r"unit|tower|peron|gate|pintu|shelter|halte)[ .:]{0,2}\Z"
)
_NUMBERED_BY: Final = re.compile(r"(?<!plat )(?<!pelat )(?<![a-z])(?:nomor|no)[ .:]{0,2}\Z")
_COMMON_WORDS: Final = frozenset(
    "DAN DI KE YG INI ITU ADA RT RW KM NO KG M CM MM PM AM TH WIB WIT HP JL GG X JAM KK HA TAK BLM SD UU PP TON VA "  # noqa: SIM905 - a list of words reads best as words
    "KWH OF ASN PNS SMP SMA SMK TK RS".split()
)

# Addresses ----------------------------------------------------------------------------------------
_STREET: Final = (
    r"(?<![a-z])(?:jl|jln|jalan|gg|gang|lorong|lrg|komplek|kompleks|komp|perumahan|perum|blok|kavling|kav|kp|kampung|"
    r"kampong|dusun|dsn|lingkungan|link|cluster|ruko|kontrakan|kos|kost|apartemen|apt|tower|rusun|rusunawa|"
    r"griya|taman|villa|vila|puri|bukit|pondok)(?![a-z])"
)
# Words that stand before a street as well: only a number close behind them makes an address.
_PLACE: Final = r"(?<![a-z])(?:rumah|alamat|tinggal di|desa|kelurahan)(?![a-z])"
_HOUSE: Final = (
    r"(?:no|nomor|nomer|nmr|num|#)[ .:]{0,3}[0-9]{1,4}(?: ?[a-z](?![a-z]))?(?:[/\-][0-9]{1,4}[a-z]?)?(?![0-9])"
)
_NUMBERED: Final = re.compile(rf"{_STREET}[^\n;!?]{{0,60}}?(?<![a-z]){_HOUSE}", re.IGNORECASE)
_PLACED: Final = re.compile(rf"{_PLACE}[^\n;!?,.0-9]{{0,16}}?(?<![a-z]){_HOUSE}", re.IGNORECASE)
_HOUSE_AT_END: Final = re.compile(rf"(?<![a-z]){_HOUSE}\Z", re.IGNORECASE)
_STREET_END: Final = re.compile(r"[a-z]{5,32}\. [A-Z]")
_RULE: Final = re.compile(
    r"(?:uu|undang|perda|peraturan|perpres|pp|permen[a-z]{0,12}|keputusan|kep[a-z]{0,10}|sk|surat[a-z ]{0,12}|pergub|"
    r"perwal|perbup|inpres|instruksi|laporan|tiket|antrean|antrian|nota|kuitansi|spt|urut|telp|telepon|hp|wa|rekening|"
    r"rek|ktp|kk|nik|presiden|daerah|menteri|gubernur|bupati)[ .:,]{0,3}\Z"
)
_YEAR_AFTER: Final = re.compile(r" ?(?:tahun|thn|th|/)", re.IGNORECASE)
_BARE_HOUSE: Final = re.compile(
    r"(?<![A-Za-z])(?:Jl|Jln|Jalan|JL|JLN|JALAN|Gg|Gang|GG|GANG)\.? ?(?:[A-Z][A-Za-z.]{0,24} ){1,4}[0-9]{1,3}[A-Za-z]?"
    r"(?=[,.;)\n]|\Z| (?:RT|RW|Rt|Rw|Kel|Kec|Blok|Desa|Kota|Kab))(?![.,][0-9])"
)
_BARE_NOT: Final = re.compile(r"(?:KM|Km|Raya KM|Tol|Ruas|Provinsi|Nasional|Nomor) [0-9]")
_BLOCK: Final = re.compile(
    r"(?<![a-z])bl(?:o|)k[ .]{0,2}[a-z]{1,2}[ ]?[-./]?[ ]?[0-9]{1,3}[a-z]?(?:[/\-][0-9]{1,4})?(?![a-z0-9])"
    r"(?:[ ,]{0,2}no[ .]{0,2}[0-9]{1,4}[a-z]?(?![a-z0-9]))?",
    re.IGNORECASE,
)
_SIGN: Final = r"[ ]?[.:\-]?[ ]?(?:no[. ]{0,2})?"
_RW: Final = rf"rw{_SIGN}(?:[0-9]{{1,3}}|[ivx]{{1,5}}(?![a-z]))"
_RT: Final = re.compile(
    rf"(?<![a-z])(?:rt[ ]?/[ ]?rw{_SIGN}[0-9]{{1,3}}(?:[ ]?[/\-][ ]?[0-9]{{1,3}})?"
    rf"|rt{_SIGN}[0-9]{{1,3}}(?:[ ]?[,/\-.]?[ ]?(?:dan )?{_RW}|[ ]?/[ ]?[0-9]{{1,3}})?"
    rf"|{_RW})(?![0-9])",
    re.IGNORECASE,
)


def find_words(view: View) -> Iterator[Finding]:
    """Give everything of this module's kinds, as stretches of the original; they may overlap."""
    for spans, kind in (
        (_emails(view.text), FindingKind.EMAIL),
        (_plates(view.text), FindingKind.PLATE),
        (_addresses(view.text), FindingKind.ADDRESS),
        (find_names(view.text), FindingKind.NAME_AFTER_HONORIFIC),
    ):
        for start, end in spans:
            yield Finding(*view.original(start, end), kind)


def _emails(text: str) -> Iterator[tuple[int, int]]:
    """Give e-mail addresses, also those written '[at]' and 'titik'."""
    for found in _AT.finditer(text):
        domain = _DOMAIN.match(text, found.end())
        if domain is None or not any(sign.isalpha() for sign in domain.group()):
            continue
        if "@" not in found.group() and not _TOP_LEVEL.search(domain.group()):
            continue
        start = found.start()
        while start and found.start() - start < 64 and _LOCAL_SIGN.match(text, start - 1):
            start -= 1
        if _LOCAL.search(text[start : found.start()]):
            yield start, domain.end()


def _plates(text: str) -> Iterator[tuple[int, int]]:
    """Give vehicle plates: with their letters behind, or without them near a word for a vehicle."""
    for found in _PLATE.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()].lower()
        before = before[before.rfind("\n") + 1 :]
        if _NOT_A_PLATE_AFTER.search(before[-24:]):
            continue
        is_near = _VEHICLE.search(before) is not None
        if _NUMBERED_BY.search(before) and not (is_near and found["series"]):
            continue
        if _is_plate(found, is_near=is_near):
            yield found.span()


def _is_plate(found: re.Match[str], *, is_near: bool) -> bool:
    series, number = found["series"], found["number"]
    if series and series.upper() in _COMMON_WORDS:
        series = None
    if is_near:
        return series is not None or (len(number) >= 3 and found["region"].isupper())
    written = found["region"].isupper() and series is not None and series.isupper()
    return written and len(number) >= 2


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Give streets with a house number, blocks, and RT/RW with a number."""
    for found in (*_NUMBERED.finditer(text), *_PLACED.finditer(text)):
        house = _HOUSE_AT_END.search(found.group())
        way = found.group()[: house.start()] if house else found.group()
        is_rule = _RULE.search(way.lower()[-24:]) or _YEAR_AFTER.match(text, found.end())
        if not is_rule and not _STREET_END.search(way):
            yield found.span()
    for found in _BARE_HOUSE.finditer(text):
        if not _BARE_NOT.search(found.group()):
            yield found.span()
    for pattern in (_BLOCK, _RT):
        for found in pattern.finditer(text):
            yield found.span()
