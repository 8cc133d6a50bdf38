"""What happened, as a timeline says it: one row for each action, complete by test."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import Role
from tanggap.domain.flags import Flag, Turn
from tanggap.domain.intake import ReportChannel
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.templatetags.tanggap import tanggal
from tanggap.web import wording

# What happened, as a timeline says it: "%(office)s" acted, "%(owner)s" owns the report from then on.
EVENT: dict[Action, Promise] = {
    Action.SUBMIT: _("Laporan diterima"),
    Action.EDIT: _("Diubah oleh pelapor"),
    Action.IMPORT: _("Riwayat dipindahkan dari sistem asal"),
    Action.VERIFY_AND_ASSIGN: _("Terverifikasi dan diteruskan ke %(owner)s"),
    Action.MANAGE_SELF: _("Terverifikasi, dikelola sendiri oleh %(owner)s"),
    Action.ASSIGN_TO_UNIT: _("Diteruskan ke %(owner)s"),
    Action.ACCEPT_ASSIGNMENT: _("%(office)s menerima laporan ini"),
    Action.PROPOSE_RETURN: _("%(office)s: laporan diusulkan untuk dikembalikan"),
    Action.RETURN_TO_ADMIN: _("%(office)s mengembalikan laporan ini kepada %(owner)s"),
    Action.TAKE_BACK: _("Diambil kembali oleh %(owner)s"),
    Action.HAND_OVER: _("Diserahkan kepada %(owner)s: kantor sebelumnya tidak dapat melanjutkan"),
    Action.RETURN: _("%(office)s menyatakan ini bukan wewenangnya"),
    Action.REQUEST_DATA: _("%(office)s meminta kelengkapan"),
    Action.SUPPLY_DATA: _("Pelapor melengkapi data"),
    Action.DATA_DEADLINE_PASSED: _("Ditutup: data tidak dilengkapi sampai batas waktu"),
    Action.FOLLOW_UP: _("Tindak lanjut dari %(office)s"),
    Action.ANSWER: _("%(office)s menjawab"),
    Action.HOLD_ANSWER: _("Jawaban %(office)s menunggu pemeriksaan kedua"),
    Action.RELEASE_ANSWER: _("%(office)s melepas jawaban yang ditahan"),
    Action.SEND_BACK_ANSWER: _("%(office)s mengembalikan jawaban kepada penulisnya"),
    Action.SUBMIT_MEMO: _("%(office)s mengajukan nota dinas"),
    Action.CHECK_MEMO: _("%(office)s memeriksa nota dinas"),
    Action.RETURN_MEMO: _("%(office)s mengembalikan nota dinas"),
    Action.SIGN_MEMO: _("%(office)s menandatangani nota dinas"),
    Action.ASK_SCHEDULE: _("Hari yang dijanjikan tiba: pelaksanaannya ditanyakan"),
    Action.CONFIRM_SCHEDULE: _("%(office)s melaporkan janjinya sudah dilaksanakan"),
    Action.RESCHEDULE: _("%(office)s mengubah tanggal yang dijanjikan"),
    Action.REPORTER_REPLY: _("Pelapor menanggapi"),
    Action.CONFIRM_DONE: _("Pelapor menyatakan selesai"),
    Action.AUTO_CLOSE: _("Selesai otomatis: tidak ada tanggapan selama masa tunggu"),
    Action.CLOSE_MANUAL: _("Ditutup oleh %(office)s"),
    Action.REOPEN: _("Dibuka kembali"),
    Action.ASK_REOPEN: _("%(office)s meminta laporan ini dibuka kembali"),
    Action.REFUSE_REOPEN: _("Admin nasional menolak permintaan membuka kembali"),
    Action.PROPOSE_ARCHIVE: _("%(office)s mengusulkan arsip"),
    Action.ARCHIVE: _("Diarsipkan oleh %(office)s"),
    Action.APPEAL: _("Pelapor mengajukan keberatan"),
    Action.ADD_INFORMATION: _("Pelapor menambah keterangan"),
    Action.RATE: _("Pelapor memberi penilaian"),
    Action.SET_VISIBILITY: _("Kerahasiaan diubah"),
    Action.WITHDRAW: _("Pelapor mencabut laporan"),
    Action.CONFIRM_TEXT: _("Tanggapan pelapor ditampilkan ke publik"),
    Action.OPEN_IDENTITY: _("%(office)s membuka identitas pelapor"),
    Action.OPEN_ORIGINAL: _("%(office)s membuka teks asli"),
    Action.LIFT: _("Diangkat ke tingkat atas: semua admin instansi disebut dalam laporan"),
    Action.REDACT: _("%(office)s menyamarkan sebagian isi yang tampil ke publik"),
    Action.RECOMPUTE: _("Tenggat dihitung ulang karena kalender berubah"),
    Action.TRANSFER: _("%(office)s melimpahkan laporan ini kepada %(offer)s, menunggu persetujuan"),
    Action.ACCEPT_TRANSFER: _("%(owner)s menerima pelimpahan"),
    Action.REFUSE_TRANSFER: _("%(office)s menolak pelimpahan"),
    Action.DISPUTE: _("Admin nasional diminta menetapkan instansi yang berwenang"),
    Action.DECIDE_OWNER: _("Admin nasional menetapkan %(owner)s sebagai instansi yang berwenang"),
    Action.NUDGE: _("%(office)s menegur karena terlambat"),
    Action.MESSAGE_REPORTER: _("Pesan dari %(office)s kepada pelapor"),
    Action.MESSAGE_OFFICE: _("Pesan dari pelapor"),
    Action.RECLASSIFY: _("%(office)s mengubah klasifikasi"),
    Action.PROPOSE: _("%(office)s mengajukan usul"),
    Action.AGREE: _("%(office)s menyetujui pembukaan identitas pelapor"),
    Action.REFUSE_PROPOSAL: _("%(office)s menolak usul"),
    Action.ESCALATE_OMBUDSMAN: _("Pelapor menyerahkan laporan ke Ombudsman"),
    Action.WITHDRAW_CONSENT: _("Pelapor menarik persetujuan penyerahan ke Ombudsman"),
    Action.OPEN_HANDOVER: _("Ombudsman mengunduh berkas penyerahan"),
    Action.ACCEPT_HANDOVER: _("Ombudsman menerima penyerahan laporan ini"),
    Action.DECLINE_HANDOVER: _("Ombudsman tidak menerima penyerahan laporan ini"),
    Action.HAND_TO_PPID: _("Menjadi permintaan informasi resmi, diserahkan kepada %(owner)s"),
    Action.EXTEND_FORMAL: _("%(office)s memperpanjang waktu jawaban PPID dengan alasan tertulis"),
    Action.OBJECT_FORMAL: _("Pemohon mengajukan keberatan kepada atasan PPID"),
    Action.ERASE_IDENTITY: _("Identitas pelapor dihapus atas permintaannya"),
    Action.TAKE: _("Diambil oleh %(person)s"),
    Action.ENTRUST: _("Diserahkan kepada %(assignee)s"),
    Action.ESCALATE: _("Eskalasi kepada %(rung)s"),
    Action.RELEASE: _("Dilepaskan: belum ada yang menangani"),
    Action.SPLIT: _("%(office)s membagi laporan ini menjadi beberapa bagian"),
    Action.CLOSE_PARTS: _("Selesai: semua bagiannya sudah berakhir"),
    Action.REOPEN_PARTS: _("Berjalan lagi: satu bagiannya dibuka kembali"),
    Action.ADD_SUPPORT: _("%(offer)s diminta ikut mendukung"),
    Action.END_SUPPORT: _("%(offer)s tidak lagi mendukung"),
    Action.CONTRIBUTE: _("Masukan dari %(office)s"),
    Action.SUPPORT_FOLLOW_UP: _("%(office)s ikut mendukung"),
    Action.REQUEST_EXTENSION: _("%(office)s meminta perpanjangan waktu jawaban"),
    Action.GRANT_EXTENSION: _("%(office)s memperpanjang batas waktu jawaban"),
    Action.REFUSE_EXTENSION: _("%(office)s menolak perpanjangan waktu"),
    Action.MERGE: _("Ditangani bersama laporan lain tentang hal yang sama, oleh %(owner)s"),
    Action.UNMERGE: _("Ditangani sendiri lagi"),
    Action.TAKE_IN: _("Laporan serupa digabungkan ke laporan ini"),
    Action.LET_GO: _("Laporan serupa dipisahkan dari laporan ini"),
}
# The same where another agency was late, and "%(office)s" did it instead.
_IN_PLACE: Final[Mapping[Action, Promise]] = {
    Action.VERIFY_AND_ASSIGN: _(
        "%(office)s memverifikasi sebagai ganti %(in_place_of)s yang terlambat, dan meneruskan ke %(owner)s"
    ),
}
# The same where not the office did it but its head, who does none of its work.
_BY_HEAD: Final[Mapping[Action, Promise]] = {
    Action.NUDGE: _("Pimpinan %(office)s menegur karena terlambat"),
}
# The same where an officer wrote down what the reporter brought to the office: never as if the reporter had written.
_ON_BEHALF: Final[Mapping[Action, Promise]] = {
    Action.SUPPLY_DATA: _("%(office)s mencatat data yang disampaikan pelapor"),
    Action.ADD_INFORMATION: _("%(office)s mencatat keterangan yang disampaikan pelapor"),
}


def told(action: Action, names: Mapping[str, str]) -> str:
    """Return what happened, with the names of the offices.

    `in_place_of` is '' or missing where nobody was late, `on_behalf` where nobody wrote for the reporter; `role` is the
    code of the role in which somebody acted.
    """
    words = _IN_PLACE.get(action) if names.get("in_place_of") else None
    words = words or (_ON_BEHALF.get(action) if names.get("on_behalf") else None)
    if names.get("role") == Role.HEAD:
        words = _BY_HEAD.get(action)
    return str(words or EVENT[action]) % names


def on_behalf(event: EventRecord) -> str:
    """Return what `told` takes of an event: '' where the reporter wrote, or an office in its own name."""
    return str(event.data.get("on_behalf", {}).get("channel", ""))


def brought(said: Mapping[str, Any]) -> str:
    """Say by which way the words came to the office, and on which day."""
    channel = str(wording.CHANNEL[ReportChannel(said["channel"])])
    on = tanggal(date.fromisoformat(said["received_on"]))
    return gettext("Disampaikan lewat: %(channel)s, diterima %(date)s") % {"channel": channel.lower(), "date": on}


_TURNED: Final[Mapping[tuple[Flag, bool, bool], Promise]] = {
    (Flag.ANONYMOUS, True, True): _("Dijadikan anonim"),
    (Flag.ANONYMOUS, False, True): _("Tidak lagi anonim"),
    (Flag.ANONYMOUS, True, False): _("Tetap anonim"),
    (Flag.CONFIDENTIAL, True, True): _("Dijadikan rahasia"),
    (Flag.CONFIDENTIAL, False, True): _("Tidak lagi rahasia"),
    (Flag.CONFIDENTIAL, True, False): _("Tetap rahasia"),
}


def turned(turns: Iterable[Turn]) -> list[str]:
    """Say which flags an event turned, and where one that was set or taken back changed nothing."""
    return [str(_TURNED[turn.flag, turn.is_on, turn.is_new]) for turn in turns]
