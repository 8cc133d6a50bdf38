"""Finds names behind honorifics, and says which words are none: 'nama ibu saya dicoret' names nobody.

Names cannot be told from other words by their shape, and many people write without capitals, or with nothing
but capitals. So the words that stand where a name could stand and are none are listed.
"""

import re
from collections.abc import Iterator
from typing import Final

_NAME: Final = re.compile(
    r"(?<![A-Za-z])(?:"
    # A stop behind a word ends its sentence: 'laporan Saudara. Laporan telah kami teruskan' names nobody.
    r"(?:Bapak|Ibu|Saudara|Saudari|Tuan|Nyonya|Nona|Haji|Hajah|Ustadz|Ustaz|Ustad|Kiai|Kyai|Mas|Mbak|Mang|Kang|Teh|Abah|"
    r"bapak|ibu|saudara|saudari|mas|mbak|kang|teh|ustadz|haji|BAPAK|IBU|"
    r"[Aa]tas nama|[Nn]ama saya|[Bb]ernama|[Nn]ama):?|"
    # Behind what is short for one it belongs to it, and many write 'Pak.' so.
    r"(?:Bpk|Pak|Bu|Sdr|Sdri|Tn|Ny|Ust|KH|Prof|Dr|dr|drg|Drs|Ir|bpk|pak|bu|sdr|sdri|BPK|PAK|BU|SDR|SDRI|"
    r"[Aa]\.?[Nn]\.?|[Aa]/[Nn])(?P<stop>[.:]?)"
    r") {1,2}(?:(?:H|Hj|KH|Dr|dr|Ir|Drs|Prof|Ust|R|Rd|Tb|Rt)\. ?){0,2}"
    r"(?P<name>[A-Z][A-Za-z']{1,24}(?: [A-Z](?:[A-Za-z']{1,24}|\.|(?![A-Za-z]))){0,3})"
)
# 'Jalan KH. Abdul Fatah', 'RSUD dr. Drajat': what is called after a person of the past. Not 'RS dr.', a doctor there.
_CALLED_AFTER: Final = re.compile(
    r"(?<![a-z])(?:jalan|jl\.?|jln\.?|ruas|jembatan|rsud|rsu|rumah sakit|gedung|stadion|masjid|museum|taman|bandara|"
    r"universitas|terminal|monumen)(?: raya| tol)? (?:(?:prof|drs|dr|ir|kh|hj|h|haji|ustadz|ustaz|ust|kiai|kyai|"
    r"tuan|rd|tb)\.? ){1,3}\Z",
    re.IGNORECASE,
)
_BEFORE: Final = 48
_LEADS: Final = frozenset("saya kami kandung mertua almarhum almarhumah haji hajah".split())  # noqa: SIM905 - as below
# 'dicantumkan', 'menyalahkan': no name ends so.
_VERB: Final = re.compile(r"(?:di|me)[a-z]{3,16}kan\Z")
_ROLES: Final = frozenset(
    "lurah camat kepala kades bupati wali walikota gubernur rt rw ketua dinas presiden menteri guru dokter polisi kota "  # noqa: SIM905 - a list of words reads best as words
    "negara pertiwi hamil yth bapak ibu pak bu saudara saudari sekretaris sekda kapolsek kapolres kapolda kadis kabid "
    "kasi petugas admin operator direktur manajer sopir satpam warga semua jaksa hakim dosen bidan perawat penjabat "
    "pejabat staf pelapor pengadu kandung tiri rumah jalan desa kelurahan kecamatan kabupaten provinsi pemerintah "
    "instansi sekolah perusahaan toko pt cv lengkap wakil dewan anggota kasir parkir kawin tukang pedagang penjaga "
    "mertua angkat almarhum almarhumah alm reguler plus khusus banten indonesia bendahara carik ogah inisial "
    "sd sdn smp smpn sma sman smk smkn mi mts pendidikan kesehatan sosial perhubungan agama keuangan".split()
)
# Words that stand behind 'nama saya' or 'ibu saya' and begin no name; a name ends before them as well.
_ORDINARY: Final = frozenset(
    "saya kami kita aku mereka dia beliau kalian anda nya yang dan atau dengan di ke dari untuk pada dalam "  # noqa: SIM905 - a list of words reads best as words
    "oleh karena agar supaya tetapi tapi namun padahal jika kalau bila saat waktu ketika sejak sampai hingga "
    "selama sebagai adalah ialah yaitu ini itu tersebut tidak tak bukan belum sudah telah masih akan sedang "
    "juga hanya cuma harus bisa boleh mau ingin ada sangat sekali lagi selalu sering pernah dua tiga kali "
    "semua seluruh setiap tiap para salah keliru beda berbeda berubah hilang muncul kosong ganda tertukar sama "
    "mirip keluar masuk datang pergi tolong mohon harap meninggal sakit lansia pensiunan minta meminta "
    "memungut menagih mengatakan berkata bilang menolak menjawab menyuruh memaksa menahan mengaku membawa "
    "memberi membantu menjanjikan melayani marah bertugas bekerja tinggal pindah lahir dapat mendapat "
    "mendapatkan dirahasiakan dipakai dicatut dicoret ditulis disebut dihapus ditolak diganti diubah dicatat "
    "dicabut dicantumkan dimasukkan dikeluarkan didaftarkan digunakan disamarkan dipanggil diumumkan dirawat "
    "dilayani diusir dipungut diminta dipersulit ditagih dimintai ditipu dihilangkan terdaftar tercantum "
    "tertulis tertera tercatat terhapus terdata terblokir terlewat terlambat bapak ibu anak ayah suami istri "
    "nenek kakek blt bpjs dtks dtsen pkh kk ktp kia nik kua pbb igd rsud rs puskesmas pdam pln samsat sim stnk "
    "cpns pppk asn dijadikan".split()
)


# Words with which offices begin a sentence: 'Terima kasih, Pak. Laporan sudah kami teruskan.'
_OPENERS: Final = frozenset(
    "laporan aduan pengaduan keluhan tim hasil terima berdasarkan menindaklanjuti menanggapi terkait mengenai setelah "  # noqa: SIM905 - as above
    "saat lampu air sampah perbaikan pekerjaan penanganan permohonan berkas data pihak bila apabila silakan "
    "silahkan demikian pohon saluran drainase jembatan kerusakan kendala masalah permasalahan informasi jawaban "
    "tindak lokasi pembayaran tagihan listrik pelayanan layanan besok kemarin sekarang saran usulan".split()
)


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Give the capitalised words after an honorific, unless they name an office, a street or nobody."""
    for found in _NAME.finditer(text):
        name = name_within(text, *found.span("name"))
        if name is not None and not (found["stop"] == "." and _opens_a_sentence(text[slice(*name)])):
            yield name


def _opens_a_sentence(name: str) -> bool:
    return next(_words(name))[1] in _OPENERS


def name_within(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the stretch of `text[start:end]` that may be a name, or None when it says nothing of the kind.

    'Saya Siti' keeps 'Siti', 'Suminah dicoret' keeps 'Suminah', 'Lurah' and 'ditulis keliru' keep nothing,
    nor does 'Abdul Fatah' in 'Jalan KH. Abdul Fatah'.
    """
    if _CALLED_AFTER.search(text[max(0, start - _BEFORE) : start]):
        return None
    words = [(start + at, word) for at, word in _words(text[start:end])]
    while words and words[0][1] in _LEADS:
        words.pop(0)
    if not words or words[0][1] in _ROLES:
        return None
    kept = 0
    while kept < len(words) and _may_be_named(words[kept][1]):
        kept += 1
    if not kept:
        return None
    last = words[kept - 1]
    return words[0][0], end if kept == len(words) else last[0] + len(last[1])


def _may_be_named(word: str) -> bool:
    return word not in _ORDINARY and _VERB.match(word) is None


def _words(name: str) -> Iterator[tuple[int, str]]:
    """Give the words of a name in small letters, with where each begins; one may carry a dot."""
    at = 0
    for word in name.split(" "):
        if word:
            yield at, word.strip(".,'").lower()
        at += len(word) + 1
