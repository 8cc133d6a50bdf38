"""Where a report stands, for its reporter: who does what by when, what then; bad news first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.domain.clocks import CLOCKS, STATUTORY, Clock
from tanggap.domain.deadlines import ClockRun, running
from tanggap.domain.lifecycle import STATUSES, Action, Status
from tanggap.domain.outcomes import ArchiveReason, Outcome
from tanggap.selectors.own_reports import OwnReport
from tanggap.services import deadlines
from tanggap.templatetags.tanggap import due_words, tanggal
from tanggap.web import due, wording


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say, in its tone."""

    tone: str
    title: str
    text: str = ""
    said: str = ""  # words of an office, quoted
    is_overdue: bool = False  # an office is late


# What each status means for the person who waits, with who and by when. A sentence whose date is not known
# is left out; where the last word of an office is the news, its action is named, and the words are quoted.
_STANDING: Final[Mapping[Status, tuple[str, Promise, tuple[Promise, ...], Action | None]]] = {
    Status.UNVERIFIED: (
        "info",
        gettext_lazy("Laporan Anda sudah kami terima."),
        (gettext_lazy("%(owner)s memverifikasinya paling lambat %(verify)s."),),
        None,
    ),
    Status.ASSIGNED: (
        "info",
        gettext_lazy("Laporan Anda diteruskan ke %(owner)s."),
        (
            gettext_lazy("Tindak lanjut pertama paling lambat %(first_followup)s."),
            gettext_lazy("Jawaban paling lambat %(answer)s."),
        ),
        None,
    ),
    Status.IN_PROGRESS: (
        "info",
        gettext_lazy("%(owner)s sedang menangani laporan Anda."),
        (gettext_lazy("Jawaban paling lambat %(answer)s."),),
        None,
    ),
    Status.ANSWERED: (
        "info",
        gettext_lazy("%(owner)s menjawab: %(outcome)s. Apakah masalahnya selesai?"),
        (
            gettext_lazy(
                "Jika kami tidak mendengar kabar sampai %(auto_close)s, laporan ditutup; "
                "Anda tetap dapat membukanya kembali."
            ),
        ),
        Action.ANSWER,
    ),
    Status.PENDING: (
        "soon",
        gettext_lazy("%(owner)s membutuhkan data dari Anda."),
        (
            gettext_lazy("Jawab paling lambat %(data_request)s. Tanpa jawaban, laporan ditutup."),
            gettext_lazy("Batas waktu instansi berhenti sampai Anda menjawab."),
        ),
        Action.REQUEST_DATA,
    ),
    Status.SPLIT: (
        "info",
        gettext_lazy("Laporan Anda dibagi menjadi beberapa bagian."),
        (
            gettext_lazy("Setiap bagian punya nomor dan batas waktu sendiri; Anda dapat membukanya di bawah."),
            gettext_lazy("Semua bagian diselesaikan paling lambat %(parts)s."),
        ),
        Action.SPLIT,
    ),
    Status.CLOSED: (
        "good",
        gettext_lazy("Laporan ini selesai: %(outcome)s."),
        (
            gettext_lazy(
                "Apakah masalahnya benar selesai? Anda dapat menilai atau membukanya kembali sampai %(reopen_window)s."
            ),
        ),
        None,
    ),
    Status.ARCHIVED: (
        "late",
        gettext_lazy("Laporan ini tidak dapat diproses: %(reason)s."),
        (gettext_lazy("Jika Anda tidak setuju, ajukan keberatan paling lambat %(appeal)s."),),
        Action.ARCHIVE,
    ),
    Status.WITHDRAWN: (
        "info",
        gettext_lazy("Anda mencabut laporan ini."),
        (gettext_lazy("Laporan tidak diproses lagi dan isinya tidak tampil di situs ini."),),
        None,
    ),
}
_LATE: Final[Mapping[Clock, Promise]] = {
    Clock.VERIFY: gettext_lazy("Verifikasi"),
    Clock.FIRST_FOLLOWUP: gettext_lazy("Tindak lanjut"),
    Clock.RESOLVE: gettext_lazy("Jawaban"),
    Clock.REOPENED: gettext_lazy("Jawaban"),
    Clock.REPLY: gettext_lazy("Jawaban atas balasan Anda"),
    Clock.FORMAL: gettext_lazy("Jawaban PPID"),
    Clock.FORMAL_OBJECTION: gettext_lazy("Jawaban atasan PPID"),
}
_ANSWER: Final = frozenset({Clock.RESOLVE, Clock.REOPENED, Clock.REPLY, Clock.FORMAL, Clock.FORMAL_OBJECTION})


def notices(own: OwnReport, runs: Sequence[ClockRun], *, now: datetime) -> list[Notice]:
    """Return what to say at the top of the page, the worst first."""
    told = (_late(runs, now), _passed_by(own), _more_time(own, runs, now), _formal(own, runs, now), _together(own))
    found = [notice for notice in told if notice]
    return [*found, _standing(own, runs, now)]


def statutory_passed(runs: Sequence[ClockRun], *, now: datetime) -> list[ClockRun]:
    """Return the clocks of the law itself that ran out while nobody met them: the road to the Ombudsman."""
    return [run for run in runs if run.clock in STATUTORY and not run.is_stopped and run.is_breached(now)]


def left_words(run: ClockRun, now: datetime) -> str:
    """Say how far the due day of a running clock is, in the unit that it is counted in."""
    left = due.of_run(run, calendar=deadlines.calendar_of(run.calendar, run.agency_id), now=now)
    return due_words(left.days, calendar=left.by_calendar)


def _by(run: ClockRun | None, now: datetime) -> str:
    """Say a date with what is left of it: "Selasa, 21 Juli 2026 (sisa 3 hari kerja)"."""
    return f"{tanggal(run.due_at, run.zone)} ({left_words(run, now)})" if run else ""


def _standing(own: OwnReport, runs: Sequence[ClockRun], now: datetime) -> Notice:
    facts = own.facts
    tone, title, sentences, quoted = _STANDING[facts.status]
    # A date that has passed is said by `_late`, or is a window that has closed: no date to wait for.
    live = {run.clock: run for run in runs if run.is_running and not run.is_breached(now)}
    answer = min((run for clock, run in live.items() if clock in _ANSWER), key=lambda run: run.due_at, default=None)
    known = {
        "owner": own.owner,
        "outcome": str(wording.OUTCOME[Outcome(facts.outcome)]).lower() if facts.outcome else "",
        "reason": str(wording.ARCHIVE_REASON[ArchiveReason(facts.archive_reason)]) if facts.archive_reason else "",
        "answer": _by(answer, now),
        **{clock.value: _by(live.get(clock), now) for clock in Clock},
    }
    if not facts.may_appeal:
        known[Clock.APPEAL.value] = ""
    said = " ".join(filter(None, (_filled(sentence, known) for sentence in sentences)))
    if facts.appeal_was_decided:
        said = _(
            "Petugas lain sudah memeriksa keberatan Anda. Jika tetap tidak setuju, Anda dapat melapor ke Ombudsman."
        )
    return Notice(tone, str(title) % known, said, said=_last_words(own, quoted) if quoted else "")


def _filled(sentence: Promise, known: Mapping[str, str]) -> str:
    """Fill a sentence in, or leave it out when what it says is not known."""
    text = str(sentence)
    missing = any(f"%({name})s" in text and not value for name, value in known.items())
    return "" if missing else text % known


def _late(runs: Sequence[ClockRun], now: datetime) -> Notice | None:
    """Say that an office is late: the longest overdue clock that it owes."""
    owed = [run for run in running(runs) if run.clock in _LATE and not CLOCKS[run.clock].is_reporters]
    overdue = [run for run in owed if run.is_breached(now)]
    if not overdue:
        return None
    run = overdue[0]
    title = _("%(what)s: %(late)s.") % {"what": _LATE[run.clock], "late": left_words(run, now).lower()}
    law = next((r for r in running(runs) if r.clock in STATUTORY and not r.is_breached(now)), None)
    due_day = tanggal(run.due_at, run.zone)
    # The notice `overdue` (docs/notices.md), which goes to whoever owns the report and to the admins.
    text = _("Batasnya %(date)s. Petugas yang menangani dan admin instansinya diberi tahu.") % {"date": due_day}
    if law is not None:
        date = tanggal(law.due_at, law.zone)
        text += " " + _("Setelah %(date)s Anda dapat melapor ke Ombudsman.") % {"date": date}
    return Notice("late", title, text, is_overdue=True)


def _passed_by(own: OwnReport) -> Notice | None:
    """Say that an office declined, while a new one is looked for."""
    if not own.facts.is_returned:
        return None
    last = next((entry for entry in reversed(own.entries) if entry.event.kind == Action.RETURN), None)
    office = last.office if last else own.owner
    title = _("%(office)s menyatakan ini bukan wewenangnya.") % {"office": office}
    text = _("Kami mencari instansi yang tepat. Jumlah hari sejak Anda melapor tidak diulang dari awal.")
    if last and last.proposed:
        text = f"{wording.PROPOSED % {'office': last.proposed}}. {text}"
    return Notice("soon", title, text, said=last.text if last else "")


def _more_time(own: OwnReport, runs: Sequence[ClockRun], now: datetime) -> Notice | None:
    """Say until when an answer may take and why, while it may (REQ-4)."""
    run = next((run for run in running(runs) if run.extended and not run.is_breached(now)), None)
    if run is None:
        return None
    title = _("Batas waktu jawaban diperpanjang sampai %(date)s.") % {"date": tanggal(run.due_at, run.zone)}
    return Notice("soon", title, said=_last_words(own, Action.GRANT_EXTENSION))


def _formal(own: OwnReport, runs: Sequence[ClockRun], now: datetime) -> Notice | None:
    """Say that it is a formal request for information, and what comes next by that law (UU 14/2008)."""
    facts = own.facts
    if not facts.is_formal:
        return None
    title = _("Ini permintaan informasi resmi kepada PPID menurut UU 14/2008.")
    live = {run.clock: run for run in runs if run.is_running and not run.is_breached(now)}
    if facts.is_formal_objected:
        text = _(
            "Atasan PPID menjawab keberatan Anda dalam 30 hari kerja. Jika tidak puas, ajukan sengketa ke Komisi "
            "Informasi dalam 14 hari kerja setelah jawabannya (Pasal 36 dan 37)."
        )
    elif (window := live.get(Clock.FORMAL_WINDOW)) is not None:
        text = _("Tidak puas? Anda dapat berkeberatan kepada atasan PPID sampai %(date)s (Pasal 35 dan 36).")
        text %= {"date": tanggal(window.due_at, window.zone)}
    else:
        text = _(
            "PPID menjawab dalam 10 hari kerja, paling lama 7 hari kerja lagi dengan alasan tertulis (Pasal 22). "
            "Tanpa jawaban sampai batasnya, Anda dapat berkeberatan kepada atasan PPID."
        )
    return Notice("info", title, text, said=_last_words(own, Action.EXTEND_FORMAL) if Clock.FORMAL in live else "")


def _together(own: OwnReport) -> Notice | None:
    """Say that others wrote about the same, and nothing of who they are or how many."""
    if not (own.facts.is_in_cluster and STATUSES[own.facts.status].is_open):
        return None
    title = _("Laporan Anda ditangani bersama laporan lain tentang hal yang sama.")
    text = _("Laporan Anda tetap memiliki nomor, tenggat, dan jawaban sendiri. Pelapor lain tidak melihat siapa Anda.")
    return Notice("info", title, text)


def _last_words(own: OwnReport, action: Action) -> str:
    found = next((entry for entry in reversed(own.entries) if entry.event.kind == action), None)
    return found.text if found else ""
