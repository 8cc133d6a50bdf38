"""Finds the words by which an answer claims that somebody was on the spot and did or saw something (REQ-20).

Tables of Indonesian words and one function over them. A claim has a verb of work, a visit, an end or a state that came
back, and a word that says it is over ("sudah", "telah", a day that was). A plan, a promise, a condition, a question,
and work on papers are none. How well the words do is measured by `tests/domain/test_field_claims.py`.
"""

import re
from collections.abc import Iterator
from typing import Final


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _one_of(words: str) -> str:
    """Return a group of words; `_` stands for a space, and longer ones are tried first."""
    return "(?:" + "|".join(sorted(words.replace("_", r"\s+").split(), key=len, reverse=True)) + ")"


# What work is called ----------------------------------------------------------------------------------

# Roots of verbs whose work leaves something to be photographed.
_ROOTS: Final = (
    "tambal bersih angkut ganti pasang pangkas keruk cat aspal cor bongkar tutup timbun urug sambung "
    "semprot evakuasi tertib kerja bangun rapi potong tebang gali sedot kuras angkat ratakan padat lapis "
    "kuat pulih benah nyala alir servis las cuci sapu siram padam sterilisasi disinfeksi desinfeksi razia "
    "sisir renovasi rehabilitasi normalisasi realisasi eksekusi tanam pugar tata tegak reparasi relokasi "
    "hidupkan singkir buang kencang lurus"
)
_ONE_SYLLABLE: Final = frozenset({"cat", "cor", "las"})
# What the first sound of a root becomes behind 'me-' and 'pe-': 'pasang' is 'memasang', 'tambal' 'menambal'.
_MELTS: Final = {"p": "m", "t": "n", "k": "ng", "s": "ny"}
# Borrowed roots keep their first sound: 'mensterilisasi'.
_NASAL_KEPT: Final = {"p": "m", "t": "n", "k": "ng", "s": "n"}
_NASAL: Final = {**dict.fromkeys("bfv", "m"), **dict.fromkeys("dcjz", "n"), **dict.fromkeys("aeioughx", "ng")}


def _nasal(root: str) -> str:
    if root in _ONE_SYLLABLE:
        return f"nge{root}"
    if root[0] in _MELTS:
        return f"(?:{_MELTS[root[0]]}{root[1:]}|{_NASAL_KEPT[root[0]]}{root})"
    return f"{_NASAL.get(root[0], '')}{root}"


_ROOT: Final = _one_of(_ROOTS)
_NASALS: Final = "(?:" + "|".join(_nasal(root) for root in _ROOTS.split()) + ")"
_END: Final = r"(?:i|kan)?(?:nya)?"
_ACTIVE: Final = rf"(?:me{_NASALS}{_END}|memper(?:baiki|kuat|lebar|bagus)\w*|melakukan\s+(?:perbaikan|pekerjaan))"
# 'di perbaiki' is how many write it.
_PASSIVE: Final = rf"(?:di[\s-]?(?:per(?:baiki|kuat|lebar|bagus)|{_ROOT}){_END}|ter{_ROOT}{_END}|terperbaiki)"
# Behind 'kami' the verb stands bare.
_BARE: Final = (
    rf"(?:per(?:baiki|kuat)|{_one_of('bersih rapi tertib kerja tegak pulih padam nyala alir rata hidup')}kan|"
    rf"{_one_of('tambal angkut ganti pasang pangkas keruk cat aspal cor bongkar tutup timbun urug sambung')}(?:i|kan)?|"
    rf"{_one_of('semprot evakuasi bangun potong tebang gali sedot kuras angkat padatkan lapisi benahi')}(?:i|kan)?|"
    rf"{_one_of('servis las cuci sapu siram renovasi rehabilitasi normalisasi realisasikan tanam tata')}(?:i|kan)?|"
    rf"{_one_of('razia sisir')})"
)
_NOMINAL: Final = (
    rf"(?:pe{_NASALS}an|perbaikan|perawatan|pemeliharaan|pelebaran|pekerjaan|penanganan|renovasi|rehabilitasi|normalisasi|"
    r"fogging|evakuasi|razia|kerja\s+bakti|gotong\s+royong)(?:nya)?"
)
_VISIT: Final = (
    r"(?:(?:me|di\s?)?(?:ninjau|tinjau|survei|survey|ngecek|cek|periksa|meriksa|datangi|kunjungi|lihat|ukur)"
    r"|mendatangi|meninjau|mengunjungi|memeriksa|mengecek|melihat|mensurvei|mensurvey|menyurvei|mengukur|memantau|"
    r"dipantau|pantau|menyisir|menelusuri|turun|terjun)"
)
_VISITING: Final = (
    r"(?:pe(?:ninjauan|ngecekan|meriksaan|nyisiran|ngukuran|mantauan|nelusuran)|survei|survey|cek|kunjungan|sidak|"
    r"inspeksi|monitoring|verifikasi|identifikasi|observasi|tinjauan)"
)

# Where it is, what it is done to, and by whom ----------------------------------------------------------

_SPOT: Final = r"(?:lokasi|lapangan|tkp|titik|tempat\s+kejadian|sana)"
_THING: Final = _one_of(
    "jalan jalanan jembatan trotoar aspal lubang lampu pju tiang kabel pipa air keran meteran saluran selokan drainase "
    r"gorong-gorong got irigasi sungai kali tanggul talud pohon dahan sampah tps rambu marka pagar bangunan gedung "
    "atap plafon toilet halte terminal pasar taman lapak rumah sekolah ruang_kelas puskesmas kampung genangan banjir "
    "longsor tebing listrik gardu ruas bahu_jalan jl lingkungan tempat area kawasan desa kerusakan"
)
_THERE: Final = rf"(?:{_SPOT}|{_THING})"
_CREW: Final = _one_of(
    "kami kita tim petugas regu teknisi pekerja personel personil satgas kru upt uptd dinas bidang balai "
    "kontraktor pelaksana"
)
_W: Final = r"[\w/-]+"
_DONE: Final = r"(?:sudah|udah|sdh|telah|tlh)"
_FILL: Final = _one_of(
    "kami kita saya tim petugas teknisi upt upt_\\w+ oleh langsung segera juga selesai berhasil tuntas "
    "rampung mulai pernah dapat bisa kembali sempat turut ikut kemarin tadi bersama semua semuanya "
    "seluruhnya sebagian habis sama-sama"
)
_F: Final = rf"(?:{_FILL}\s+){{0,4}}?"
# Whatever stands between is no plan and no paper.
_PLANNED: Final = (
    r"(?:akan|belum|tidak|ditarget\w*|diperkira\w*|diharap\w*|(?:di|me\w{0,2})?(?:agenda|jadwal|rencana|usul|perintah)\w*|"
    r"(?:di|me)?(?:minta|tugaskan|nugaskan)|koordinasi|rapat|anggaran|untuk|agar|surat|permintaan|permohonan|proses|data|"
    r"bila|jika|apabila|setelah)"
)
_GAP: Final = rf"(?:\s+(?!{_PLANNED}\b){_W})"

# The claims ----------------------------------------------------------------------------------------------

_OVER: Final = r"(?:selesai|rampung|tuntas|beres|kelar|terlaksana|terealisasi)"
_CARRIED_OUT: Final = (
    rf"(?:{_OVER}|(?:di\s?|(?:kami|tim|petugas)\s+)(?:laku|laksana|kerja|selesai|tuntas|realisasi|rampung)kan)"
)
# Unlike 'sudah selesai', 'selesai' alone may be a promise: 'selesai dalam tiga hari'.
_IS_PROMISE: Final = (
    r"(?!\s+(?:paling|selambat\w*|dalam|sebelum|akhir|tahun|bulan|minggu|pekan|hari|awal|pertengahan|sesuai|"
    r"pada\s+(?:bulan|tahun|akhir|awal|pertengahan|triwulan|semester)|nanti|besok|januari|februari|maret|april|mei|juni|"
    r"juli|agustus|september|oktober|november|desember)\b)"
)
_MENDED: Final = (
    r"(?:(?:beres|kelar|rampung|tuntas|teratasi|tertangani|terselesaikan|pulih)|(?:di\s?|me|(?:kami|tim|petugas)\s+)"
    r"(?:tangani|nangani|atasi|ngatasi|beres?kan|mbereskan|tuntaskan|nuntaskan|selesaikan|nyelesaikan|amankan))"
)
# States that are seen on the spot; the second row only where it came back or a thing is named.
_SEEN: Final = _one_of(
    "nyala menyala mengalir mulus terang surut kering jernih rata dapat_dilalui bisa_dilalui dapat_dilewati "
    "bisa_dilewati halus bersih tegak"
)
_MAYBE_SEEN: Final = _one_of(
    "normal lancar baik aman berfungsi beroperasi hidup rapi terbuka bagus kokoh layak dapat_digunakan "
    "bisa_digunakan dapat_dipakai bisa_dipakai "
    r"tidak_(?:berlubang|bergelombang|berbau|tersumbat|tergenang|terendam|terhalang|ada|bocor|rusak|macet|padam|mati|"
    r"gelap|licin|bau|menumpuk|meluap)"
)
_NOW: Final = rf"(?:{_DONE}|kini|sekarang|saat\s+ini)"
_CLAIMS: Final = (
    # sudah kami perbaiki, telah selesai ditambal, kami sudah tambal
    rf"\b{_DONE}\s+{_F}(?:{_ACTIVE}|{_PASSIVE})\b",
    rf"\b{_DONE}\s+{_F}(?:kami|kita|tim|petugas)\s+{_F}{_BARE}\b",
    rf"\b{_CREW}(?:\s+{_W}){{0,2}}\s+{_DONE}\s+{_F}{_BARE}\b",
    rf"^\W*{_DONE}\s+{_BARE}\b",
    rf"\bselesai\s+(?:kami\s+{_BARE}|{_PASSIVE}){_IS_PROMISE}\b",
    # telah dilakukan penambalan, penambalan telah dilakukan, pekerjaan selesai kemarin
    rf"\b{_DONE}\s+{_F}(?:di\s?|me)?(?:laku|laksana|ada|mulai|selesai|tuntas)(?:kan)?{_GAP}{{0,2}}?\s+{_NOMINAL}\b",
    rf"\b{_DONE}\s+{_F}melaksanakan{_GAP}{{0,2}}?\s+{_NOMINAL}\b",
    rf"\b{_NOMINAL}{_GAP}{{0,5}}?\s+{_DONE}\s+{_F}{_CARRIED_OUT}\b",
    rf"\b{_NOMINAL}{_GAP}{{0,5}}?\s+{_DONE}\s+(?:mencapai\s+)?(?:100|seratus)\s*(?:%|persen)",
    rf"\b{_NOMINAL}{_GAP}{{0,4}}?\s+(?:selesai|rampung|tuntas)\b{_IS_PROMISE}",
    # sudah beres, sudah kami tangani, masalah sudah selesai
    rf"\b{_DONE}\s+{_F}{_MENDED}\b",
    r"^\W*(?:beres|selesai|tuntas|rampung)\W*(?:pak|bu|kak|ya)?\W*$",
    rf"^\W*(?:(?:semua\w*|masalah\w*|permasalahan\w*|keluhan\w*|kerusakan\w*|gangguan\w*|kendala\w*|aduan|pengaduan|laporan)"
    rf"\b(?:\s+{_W}){{0,3}}?\s+)?{_DONE}\s+(?:kami\s+)?selesai(?:kan)?\s*(?:$|kemarin|tadi|pada|tanggal|oleh|ya\b|kak|pak|bu)",
    # lampu sudah menyala kembali, jalan kini mulus
    rf"\b{_DONE}\s+(?:kembali\s+)?{_SEEN}\b",
    rf"\b{_NOW}\s+(?:{_W}\s+)?(?:kembali\s+)?(?:{_SEEN}|{_MAYBE_SEEN})\s+(?:kembali|lagi|seperti\s+semula)\b",
    rf"\b{_NOW}\s+kembali\s+(?:{_SEEN}|{_MAYBE_SEEN})\b",
    rf"\b{_THING}(?:\s+{_W}){{0,3}}?\s+{_NOW}\s+(?:kembali\s+)?(?:{_SEEN}|{_MAYBE_SEEN})\b",
    rf"\b(?:kini|sekarang|saat\s+ini)\s+{_THING}(?:\s+{_W}){{0,3}}?\s+(?:{_SEEN}|normal|lancar)\s+(?:kembali|lagi)\b",
    rf"\b{_THING}(?:nya)?(?:\s+{_W}){{0,3}}?\s+{_DONE}\s+{_F}(?:di\s?|kami\s+)"
    r"(?:ambil|pindah|hapus|lepas|buka|tarik|jemput|tambah|segel|geser|amankan)(?:i|kan)?\b",
    # tim telah ke lokasi, sudah turun ke lapangan, sudah mengecek lampu itu
    rf"\b{_DONE}\s+{_F}(?:dilakukan\s+|melakukan\s+)?{_VISIT}\b(?:\s+(?!data\b|berkas\b|dokumen\b|oleh\b){_W}){{0,3}}?\s+{_THERE}\b",
    rf"\b{_DONE}\s+{_F}(?:menurunkan|menerjunkan|di\s?turunkan|di\s?terjunkan|turunkan|terjunkan|mengirim|di\s?kirim|kirim)"
    rf"(?:\s+{_W}){{0,2}}?\s+(?:tim|petugas|regu|teknisi|personel|ke\s+{_SPOT})\b",
    rf"\b{_DONE}\s+{_F}(?:turun|terjun)(?:\s+(?:langsung|tangan)\b|\W*$)",
    rf"\b{_DONE}\s+{_F}(?:datang|hadir|bekerja)\s+(?:langsung\s+)?(?:ke|di)\s+(?:{_W}\s+)?{_SPOT}\b",
    # petugas telah datang dan memperbaiki
    rf"\b{_CREW}(?:\s+{_W}){{0,2}}\s+{_DONE}{_GAP}{{1,5}}?\s+(?:dan|serta|lalu|kemudian)\s+(?:langsung\s+)?{_ACTIVE}\b",
    rf"\b{_THERE}(?:\s+{_W}){{0,2}}?\s+{_DONE}\s+{_F}{_VISIT}\b",
    rf"\b{_DONE}\s+{_F}(?:(?:berada|tiba|sampai|hadir)\s+di|menuju|ke|di)\s+(?:{_W}\s+)?{_SPOT}\b",
    rf"\b{_CREW}(?:\s+{_W}){{0,2}}\s+{_DONE}\s+{_F}(?:tiba\s+di|menuju|ke)\s+{_THERE}\b",
    rf"\b{_DONE}\b{_GAP}{{0,3}}?\s+{_VISITING}{_GAP}{{0,3}}?\s+{_THERE}\b",
    rf"\b{_VISITING}{_GAP}{{0,2}}?\s+{_THERE}{_GAP}{{0,3}}?\s+{_DONE}\s+{_F}{_CARRIED_OUT}\b",
    rf"\bhasil\s+{_VISITING}{_GAP}{{0,3}}?\s+{_SPOT}\b",
    # ditindaklanjuti di lapangan, oleh tim, dengan perbaikan
    rf"\b{_DONE}\s+{_F}(?:di\s?|me)?(?:nindak|tindak)\s?lanjuti{_GAP}{{0,5}}?\s+{_SPOT}\b",
    rf"\b{_DONE}\s+{_F}(?:di\s?)?tindak\s?lanjuti\s+oleh\s+(?:tim|petugas|regu|teknisi|upt\w*)\b(?!\s+(?:verifikasi|data|admin))",
    rf"\b{_DONE}\s+{_F}(?:di\s?)?tindak\s?lanjuti\s+(?:dengan|melalui){_GAP}{{0,2}}?\s+{_NOMINAL}\b",
)
_CLAIM: Final = _any(*_CLAIMS)
_DAY: Final = (
    r"(?:(?:kemarin|tadi|barusan|semalam|baru\s+saja)\b|(?:tanggal|tgl)\s+\d{1,2}\b|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|"
    r"\d{1,2}\s+(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b|"
    rf"(?:hari|minggu|pekan|bulan)\s+(?:{_W}\s+)?(?:yang\s+)?lalu\b)"
)
_PAST: Final = re.compile(rf"\b{_DAY}", re.IGNORECASE)
_CLOSE: Final = rf"(?:\s+(?!menurut\b|surat\b|berdasarkan\b|sesuai\b){_W})"
# Without a word that says it is over, a day says so: 'Pada tanggal 3 tim meninjau lokasi.'
_ON_A_DAY: Final = _any(
    rf"\b{_CREW}\b(?:\s+{_W}){{0,4}}?\s+(?:{_ACTIVE}|{_VISIT}\b(?:\s+{_W}){{0,3}}?\s+{_THERE}|menangani|ke\s+{_SPOT})\b",
    rf"\b{_CREW}\s+{_BARE}\b",
    rf"\b{_PASSIVE}\b{_CLOSE}{{0,6}}?\s+{_DAY}",
    rf"\b{_DAY}{_CLOSE}{{0,6}}?\s+{_PASSIVE}\b",
)

# What is no claim ----------------------------------------------------------------------------------------

_UNTIL: Final = _any(
    r"\b(?:bila|bilamana|jika|apabila|kalau|andai\w*|agar|supaya|semoga|apakah|mungkin|seharusnya|semestinya|harap|"
    r"tolong|sila(?:h)?kan|kapan|diharap\w*|ditarget\w*|target\w*|diperkira\w*|estimasi|direncanakan|berencana|dijadwalkan|menunggu|tunggu|menanti|jelaskan)\b",
    r"\b(?<!sesuai )(?:rencana|jadwal)(?:nya)?\b",
    r"\bmohon\b(?!\s+maaf)",
    r"\b(?<!kami )pastikan\b",
    r"\b(?:belum|tidak)\s+(?:(?:dapat|bisa)\s+)?(?:di|me)?(?:mastikan|pastikan|tahu|ketahui|ngetahui|benar|yakin)\b",
    rf"\bakan\b(?:\s+(?!dan\b|serta\b){_W}){{0,4}}\s*$",
)
# Before an end that is not said to be over yet.
_NOT_ENDED: Final = _any(
    rf"\b(?:setelah|sesudah|sebelum|sampai|hingga|begitu|ketika|segera|bisa|dapat)\b(?:\s+{_W}){{0,6}}\s*$",
    rf"\b(?:belum|tidak|tanpa)\s+(?:{_W}\s+)?$",
)
_PLAN: Final = _any(
    r"\b(?:akan|belum|tidak|bukan|jadwal\w*|dijadwalkan|direncanakan|berencana|rencana\w*|besok|lusa|nanti|mendatang|"
    r"setiap|tiap|rutin|biasanya|wajib|harus|perlu|mulai|selambat\w*|siap|hendak|ingin|bertugas|berwenang|sebelum|sampai|"
    r"hingga|lambat|target\w*|ditarget\w*|usulan|diusulkan|permohonan|meminta|minta)\b",
    r"\b(?:minggu|pekan|bulan|tahun)\s+depan\b",
)
_FOR: Final = re.compile(rf"\b(?:untuk|guna|dapat|bisa|boleh)\b(?:\s+{_W}){{0,3}}\s*$", re.IGNORECASE)
_PAPER: Final = (
    _one_of(
        "data berkas dokumen surat sistem aplikasi server situs website laman akun rekening nama nik ktp kk "
        "akta sertifikat kartu kepesertaan jadwal nomor tarif biaya dana uang anggaran aturan peraturan perda "
        "keputusan kebijakan prosedur layanan pelayanan antrean antrian loket pendaftaran permohonan usulan "
        "izin perizinan proses lelang tender kontrak desain gambar kajian rapat administrasi tagihan "
        "pembayaran gaji formulir nilai rapor ijazah soal kasus perkara sanksi honor pajak stok kuota rencana "
        "perencanaan persiapan pengajuan verifikasi komunikasi koordinasi kinerja keamanan pengumuman menu "
        "informasi musyawarah koordinat versi unggahan harga ongkos bus angkot trayek kereta pasokan kerugian "
        "kegiatan situasi"
    )
    + "(?:nya)?"
)
# The claim is of papers when they stand right before it, and are not what it is told from.
_OF_PAPER: Final = re.compile(
    rf"(?<!sesuai )(?<!menurut )(?<!berdasarkan )\b{_PAPER}\b(?:\s+(?!dan\b|serta\b){_W}){{0,2}}\s*$", re.IGNORECASE
)
_TO_PAPER: Final = re.compile(
    rf"^(?:\s+(?!berdasarkan|sesuai|menurut|dan|oleh|dengan|pada|di|ke){_W})?\s+{_PAPER}\b", re.IGNORECASE
)
_BY_LAW: Final = re.compile(
    r"^\s+(?:oleh\s+)?(?:pihak\s+)?(?:kepolisian|polisi|polres\w*|polsek|polda|inspektorat|kejaksaan|pengadilan|ombudsman|"
    r"kpk|penyidik|apip)\b|^\s+secara\s+(?:kekeluargaan|musyawarah|administra\w+)",
    re.IGNORECASE,
)
# Who is replaced is a person, and what is shut may be a file or a counter.
_CHANGED: Final = re.compile(r"(?:ganti|tutup|tertib|buka)", re.IGNORECASE)
_NO_OBJECT: Final = _any(
    r"\b(?:petugas|pegawai|guru|kepala|ketua|direktur|staf|pejabat|operator|sopir|juru|bendahara|lurah|camat|laporan|aduan|"
    rf"pengaduan|tiket|kantor|toko|akses|sekolah|pasar|jalan|pelabuhan)\b(?:\s+(?!dan\b|serta\b){_W}){{0,2}}\s*$"
)
_YOU: Final = re.compile(r"\b(?:anda|saudara|saudari|bapak|ibu|pelapor)\s*$", re.IGNORECASE)
_DOES: Final = re.compile(rf"\b{_ACTIVE}$", re.IGNORECASE)
_WITHOUT_DONE: Final = re.compile(rf"^(?!.*\b{_DONE}\b)", re.IGNORECASE)

_DOTS: Final = re.compile(r"\b(yth|sdr|sdri|bpk|no|jl|jln|dr|drs|hj?|tgl|dsb|dll|rt|rw)\.\s*", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
_SEGMENTS: Final = re.compile(
    r"[,:()]\s*|\s[–-]\s|\s+(?:namun|tetapi|tapi|sedangkan|sehingga|karena|maka|sebab)\s+", re.IGNORECASE
)


# So many signs before a claim are read, that a long sentence takes no longer than its length.
_BACK: Final = 240


def field_work(text: str) -> str:
    """Return the words by which an answer claims that work was done or looked at on the spot; '' for none."""
    for sentence in _SENTENCES.split(_DOTS.sub(r"\1 ", text)):
        if sentence.rstrip().endswith("?"):
            continue
        words = sentence.strip().rstrip(".!;")
        for found in (*_said_to_be_over(words), *_of_a_day(words)):
            return " ".join(found.split())
    return ""


def _said_to_be_over(sentence: str) -> Iterator[str]:
    for segment in _SEGMENTS.split(sentence):
        for match in _CLAIM.finditer(segment):
            before = segment[max(0, match.start() - _BACK) : match.start()]
            if _UNTIL.search(before) or (_WITHOUT_DONE.match(match.group()) and _NOT_ENDED.search(before)):
                continue
            if not _is_elsewhere(before, match.group(), segment[match.end() :]):
                yield match.group()


def _of_a_day(sentence: str) -> Iterator[str]:
    if not _PAST.search(sentence) or _PLAN.search(sentence) or _UNTIL.search(sentence):
        return
    for match in _ON_A_DAY.finditer(sentence):
        before = sentence[max(0, match.start() - _BACK) : match.start()]
        if not _FOR.search(before) and not _is_elsewhere(before, match.group(), sentence[match.end() :]):
            yield match.group()


def _is_elsewhere(before: str, claim: str, after: str) -> bool:
    """Say whether a claim is of papers, of persons, of the law's hands or of the reader's: nothing to photograph."""
    if _OF_PAPER.search(before) or _TO_PAPER.match(after) or _BY_LAW.match(after):
        return True
    if _CHANGED.search(claim) and _NO_OBJECT.search(before):
        return True
    return bool(_YOU.search(before) and _DOES.search(claim))
