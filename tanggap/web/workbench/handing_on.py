"""Where the handing on of a report stands, in words for the officer who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tanggap.domain.actors import AgencyAdmin, NationalAdmin
from tanggap.domain.clocks import Clock
from tanggap.domain.deadlines import ClockRun
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.policy import choices
from tanggap.selectors import reports
from tanggap.templatetags.tanggap import tanggal
from tanggap.web import wording
from tanggap.web.workbench import proposing
from tanggap.web.workbench.forms import Desk


@dataclass(frozen=True, slots=True)
class Word:
    """One notice: what is so, and what follows for this officer."""

    title: str
    text: str
    deed: str = ""  # the code of the deed whose form it leads to


@dataclass(frozen=True, slots=True)
class ProposedReturn:
    """What somebody who prepares has said of a report: that it is not the unit's."""

    seq: int
    text: str
    by: str
    moment: datetime
    may_return: bool
    may_refuse: bool


def proposed_return(desk: Desk) -> ProposedReturn | None:
    """Return the proposal to give the report back that waits, or None: a new owner, or work, has answered it."""
    seq = desk.dossier.facts.return_asked
    if seq is None:
        return None
    event = next(event for event in desk.dossier.events if event.seq == seq)
    may_return = Action.RETURN_TO_ADMIN in choices(actor=desk.viewer, case=desk.dossier.case)
    text, by = desk.dossier.texts.get((seq, "text")), desk.dossier.people.get(event.user_id or 0)
    return ProposedReturn(seq, text or "", by or "", event.acted_at, may_return, proposing.may_refuse(desk, seq))


def words(desk: Desk, runs: Sequence[ClockRun]) -> Word | None:
    """Return what this officer must know of an offer, a dispute, or of having had the report; None for nothing."""
    facts, agencies = desk.dossier.facts, desk.dossier.agencies
    here = desk.viewer.agency_id
    owner = desk.dossier.report.owner_agency.name
    if facts.is_disputed:
        return _disputed(desk, _due(runs, Clock.ARBITRATION))
    if facts.offered_agency_id is not None:
        due = _due(runs, Clock.HOP)
        if is_asked(desk):
            title = _("%(owner)s melimpahkan laporan ini kepada instansi Anda") % {"owner": owner}
            text = _("Terima atau tolak paling lambat %(due)s. Setelah itu admin nasional yang menetapkan.")
            return Word(title, text % {"due": due})
        offer = agencies.get(facts.offered_agency_id, "")
        text = _("Jawabannya paling lambat %(due)s. Sampai diterima, laporan ini tetap tanggungan %(owner)s.")
        return Word(_("Dilimpahkan kepada %(offer)s") % {"offer": offer}, text % {"due": due, "owner": owner})
    if isinstance(desk.viewer, AgencyAdmin) and here != facts.owner_agency_id and here in facts.former_agency_ids:
        text = _("Anda dapat membacanya sampai selesai. Yang menangani adalah %(owner)s.") % {"owner": owner}
        return Word(_("Instansi Anda pernah memegang laporan ini"), text)
    if facts.reopen_asked_at is not None and isinstance(desk.viewer, NationalAdmin):
        return _asked_to_reopen(desk)
    if facts.is_refused and here == facts.owner_agency_id:
        return _refused(desk)
    return _asked_for_time(desk)


def is_asked(desk: Desk) -> bool:
    """Say whether it is this officer who has to take the report over, or to refuse it."""
    return isinstance(desk.viewer, AgencyAdmin) and desk.dossier.facts.offered_agency_id == desk.viewer.agency_id


def _refused(desk: Desk) -> Word:
    """Say that the agency to which the report was offered has refused it, and what an admin can do about it."""
    event = next(event for event in reversed(desk.dossier.events) if event.kind == Action.REFUSE_TRANSFER)
    title = _("%(office)s menolak pelimpahan laporan ini") % {"office": desk.dossier.office(event.agency_id, None)}
    if isinstance(desk.viewer, AgencyAdmin):
        return Word(title, _("Tentukan lagi: limpahkan ke instansi lain, teruskan ke unit, atau tangani sendiri."))
    return Word(title, _("Admin instansi menentukan lagi. Sampai saat itu tetaplah menanganinya."))


def _asked_to_reopen(desk: Desk) -> Word:
    """Say who asks for a closed report to be opened again, and with which words, to the one who decides."""
    event = next(event for event in reversed(desk.dossier.events) if event.kind == Action.ASK_REOPEN)
    title = _("%(office)s meminta laporan ini dibuka kembali") % {"office": desk.dossier.office(event.agency_id, None)}
    return Word(title, desk.dossier.texts.get((event.seq, "text")) or "")


def _asked_for_time(desk: Desk) -> Word | None:
    """Say that more time was asked for and nobody has decided, to everyone who works on the report."""
    until = desk.dossier.facts.asked_until
    if until is None:
        return None
    title = _("Perpanjangan diminta sampai %(date)s") % {"date": tanggal(date.fromisoformat(until))}
    if Action.GRANT_EXTENSION in choices(actor=desk.viewer, case=desk.dossier.case):
        text = _("Anda yang memutuskan. Sampai diputus, batas waktu yang lama berlaku.")
        return Word(title, text, deed=Action.GRANT_EXTENSION.value)
    if desk.dossier.facts.extension_count:
        return Word(title, _("Admin nasional memutuskannya. Sampai diputus, batas waktu yang lama berlaku."))
    return Word(title, _("Admin instansi memutuskannya. Sampai diputus, batas waktu yang lama berlaku."))


def supporters(desk: Desk) -> list[str]:
    """Return the names of the offices that support the one which has the report."""
    dossier = desk.dossier
    units = [dossier.units.get(pk, "") for pk in sorted(dossier.facts.supporting_unit_ids)]
    return units + [dossier.agencies.get(pk, "") for pk in sorted(dossier.facts.supporting_agency_ids)]


@dataclass(frozen=True, slots=True)
class Relative:
    """A part of the report, or the whole that it is a part of; linked where this officer may read it."""

    number: str
    status: str
    is_open: bool  # to this officer


def relatives(desk: Desk) -> tuple[str, list[Relative]]:
    """Return what the report is divided into, or what it is a part of, under its words."""
    facts = desk.dossier.facts
    if not facts.parts and not facts.part_of:
        return "", []
    numbers = facts.parts or (facts.part_of,)
    readable = reports.readable(viewer=desk.viewer, numbers=numbers)
    found = [
        Relative(
            number, str(wording.STATUS[Status(readable[number])]) if number in readable else "", number in readable
        )
        for number in numbers
    ]
    return (_("Dibagi menjadi") if facts.parts else _("Bagian dari")), found


def _disputed(desk: Desk, due: str) -> Word:
    title = _("Belum disepakati siapa yang berwenang")
    if isinstance(desk.viewer, NationalAdmin):
        return Word(title, _("Tetapkan instansinya paling lambat %(due)s. Keputusan Anda mengikat.") % {"due": due})
    text = _("Admin nasional menetapkan instansinya paling lambat %(due)s. Sampai saat itu tetaplah menanganinya.")
    return Word(title, text % {"due": due})


def _due(runs: Sequence[ClockRun], clock: Clock) -> str:
    run = next((run for run in reversed(runs) if run.clock == clock and run.is_running), None)
    return tanggal(run.due_at, run.zone) if run else ""
