"""The words for a deed to many reports: what it is called, how each line stands, and why one was refused."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.bulk import Kind, State
from tanggap.domain.intake import Fault
from tanggap.domain.reasons import Reason
from tanggap.selectors import bulk as jobs
from tanggap.selectors.bulk import Job
from tanggap.services import bulk_acts
from tanggap.web import wording, wording_refusals

DEEDS: Mapping[Kind, Promise] = {
    Kind.ASSIGN: _("Teruskan"),
    Kind.MERGE: _("Gabungkan"),
    Kind.ENTRUST: _("Serahkan ke rekan"),
    Kind.NUDGE: _("Tegur instansi"),
    Kind.TAG: _("Pasang tanda"),
    Kind.UNTAG: _("Lepas tanda"),
}
STATES: Mapping[State, Promise] = {
    State.WAITING: _("Menunggu"),
    State.DONE: _("Selesai"),
    State.REFUSED: _("Ditolak"),
    State.UNDONE: _("Dibatalkan"),
    State.KEPT: _("Tidak dapat dibatalkan"),
}
# What is said beside the button that takes a deed back.
UNDOING: Mapping[Kind, Promise] = {
    Kind.ASSIGN: _(
        "Laporan kembali ke unit sebelumnya, atau tanpa unit jika sebelumnya belum ada. Yang sudah diterima unit "
        "barunya, atau sudah berpindah lagi, dibiarkan dan disebut."
    ),
    Kind.MERGE: _("Setiap laporan berdiri sendiri lagi."),
    Kind.ENTRUST: _("Laporan kembali ke petugas sebelumnya. Yang sudah berubah sesudahnya dibiarkan dan disebut."),
    Kind.TAG: _("Tanda dilepas dari laporan yang mendapatnya."),
    Kind.UNTAG: _("Tanda dipasang lagi pada laporan yang kehilangannya."),
}
# What the history of a report says of a way back that wants words.
NOTE_OF_UNDOING = _("Penerusan bersama dibatalkan: laporan kembali ke unit sebelumnya.")
_OWN: Mapping[str, Promise] = {
    # Beside one report "it has moved on" is true; among many it is what was chosen.
    Reason.WRONG_STATUS.value: _("Tidak dapat dikerjakan pada statusnya sekarang."),
    Reason.NOTHING_CHANGES.value: _("Tidak ada yang berubah."),
    bulk_acts.NOT_FOUND: _("Laporan tidak ditemukan."),
    bulk_acts.MOVED_ON: _("Laporan ini sudah berubah sesudahnya."),
    bulk_acts.FAILED: _("Gagal karena kesalahan sistem. Kerjakan laporan ini satu per satu."),
}
# What the form says is still missing is no reason against a report.
_ASKED_FOR = frozenset({Reason.MISSING_TEXT.value, Reason.MISSING_UNIT.value, Reason.MISSING_ASSIGNEE.value})


def against(code: str) -> str:
    """Return the code of what stands against one report of a preview, '' for what the form asks for anyway."""
    return "" if code in _ASKED_FOR else code


def refused(code: str, kind: Kind) -> str | Promise:
    """Return why a line was refused; '' where nothing stands against it."""
    if not code:
        return ""
    if kind == Kind.ENTRUST and code == Fault.UNKNOWN.value:
        return _("Rekan ini tidak bertugas di unit yang memegang laporan.")
    if kind == Kind.ASSIGN and code == Fault.UNKNOWN.value:
        return _("Unit itu sudah tidak ada.")
    if code in _OWN:
        return _OWN[code]
    if code in set(Reason):
        return wording_refusals.REFUSAL[Reason(code)]
    if code in set(Fault):
        return wording.FAULT[Fault(code)]
    return _("Tidak ada yang berubah.")


def told(job: Job, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the page of a job says of it; `lines` are those that `lines_of` gave."""
    counts, kind = jobs.counts(job), Kind(job.asked["deed"])
    left, undone, kept = (counts.get(state, 0) for state in (State.DONE, State.UNDONE, State.KEPT))
    return {
        "job": job,
        "title": DEEDS[kind],
        "undoing": UNDOING.get(kind, ""),
        "is_running": job.state in {"queued", "running"},
        "lines": lines,
        "counts": [(STATES[state], counts[state]) for state in State if counts.get(state)],
        "done": left + undone + kept,
        "left": left,
        "undone": undone if undone + kept else None,  # of those done; None where nobody has tried
    }


def lines_of(job: Job, rows: Any) -> list[dict[str, Any]]:
    """Return the lines of a job in words."""
    kind = Kind(job.asked["deed"])
    return [
        {"number": line.number, "state": STATES[State(line.state)], "reason": refused(line.reason, kind)}
        for line in rows
    ]
