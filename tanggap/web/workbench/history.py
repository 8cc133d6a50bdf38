"""The history of a report as an officer reads it: every event, newest first, with what stays inside marked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.domain import flags, privacy
from tanggap.domain.actors import Role
from tanggap.domain.clocks import Clock
from tanggap.domain.escalation import Rung, Skipped
from tanggap.domain.hiding import HidingGround
from tanggap.domain.intake import Classification
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import HELD_TEXTS, INTERNAL_TEXTS, PUBLIC_TEXTS, Action, Visibility
from tanggap.domain.outcomes import ArchiveReason, Outcome
from tanggap.templatetags.tanggap import tanggal
from tanggap.web import wording, wording_duty, wording_events, wording_grounds
from tanggap.web.workbench import proposing
from tanggap.web.workbench.forms import Desk

_TONES: Final = {
    Action.SUBMIT: "new",
    Action.VERIFY_AND_ASSIGN: "sent",
    Action.MANAGE_SELF: "sent",
    Action.ASSIGN_TO_UNIT: "sent",
    Action.ACCEPT_ASSIGNMENT: "busy",
    Action.PROPOSE_RETURN: "wait",
    Action.PROPOSE: "wait",
    Action.AGREE: "secret",
    Action.REFUSE_PROPOSAL: "withdrawn",
    Action.RETURN_TO_ADMIN: "withdrawn",
    Action.TAKE_BACK: "withdrawn",
    Action.HAND_OVER: "sent",
    Action.FOLLOW_UP: "busy",
    Action.ANSWER: "done",
    Action.HOLD_ANSWER: "wait",
    Action.RELEASE_ANSWER: "sent",
    Action.SEND_BACK_ANSWER: "withdrawn",
    Action.SUBMIT_MEMO: "wait",
    Action.CHECK_MEMO: "busy",
    Action.RETURN_MEMO: "withdrawn",
    Action.SIGN_MEMO: "sent",
    Action.CONFIRM_DONE: "done",
    Action.AUTO_CLOSE: "done",
    Action.CLOSE_MANUAL: "done",
    Action.TRANSFER: "sent",
    Action.ACCEPT_TRANSFER: "sent",
    Action.REFUSE_TRANSFER: "withdrawn",
    Action.DECIDE_OWNER: "sent",
    Action.SPLIT: "sent",
    Action.CLOSE_PARTS: "done",
    Action.ADD_SUPPORT: "sent",
    Action.END_SUPPORT: "withdrawn",
    Action.CONTRIBUTE: "busy",
    Action.SUPPORT_FOLLOW_UP: "busy",
    Action.REQUEST_EXTENSION: "wait",
    Action.GRANT_EXTENSION: "wait",
    Action.REFUSE_EXTENSION: "withdrawn",
    Action.HAND_TO_PPID: "sent",
    Action.EXTEND_FORMAL: "wait",
    Action.NUDGE: "wait",
    Action.ESCALATE: "late",
    Action.RETURN: "withdrawn",
    Action.WITHDRAW: "withdrawn",
    Action.REQUEST_DATA: "paused",
    Action.ARCHIVE: "archived",
    Action.PROPOSE_ARCHIVE: "archived",
    Action.OPEN_IDENTITY: "secret",
    Action.OPEN_ORIGINAL: "secret",
    Action.REDACT: "secret",
    Action.SET_VISIBILITY: "secret",
}
_BY_REPORTER: Final = "wait"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in words."""

    seq: int
    what: str
    moment: datetime
    by: str
    text: str
    tone: str
    mark: str  # who reads it, where that is not everybody
    facts: list[str] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)
    is_held: bool = False


def entries(desk: Desk, *, after: int = 0) -> list[Entry]:
    """Return the events of a report with a higher number than `after`, newest first."""
    held = {event.seq for event in desk.dossier.held()}
    spans = privacy.confirmed_spans(desk.dossier.events)
    turned = flags.turns(desk.dossier.events)
    reads = privacy.reads_original(desk.viewer, desk.dossier.case)
    made = [
        _entry(
            desk,
            event,
            spans=spans.get((event.seq, "text")),
            turned=turned.get(event.seq, ()),
            reads=reads,
            is_held=event.seq in held,
        )
        for event in desk.dossier.events
        if event.seq > after
    ]
    return made[::-1]


def _entry(
    desk: Desk,
    event: EventRecord,
    *,
    spans: privacy.Spans | None,
    turned: Sequence[flags.Turn],
    reads: bool,
    is_held: bool,
) -> Entry:
    action, dossier = Action(event.kind), desk.dossier
    office = dossier.office(event.agency_id, event.unit_id)
    owner = event.data.get("owner") or {}
    helps = event.data.get("supporter") or {}
    offer = dossier.office(event.data.get("offer") or helps.get("agency"), helps.get("unit"))
    names = {
        "office": office,
        "offer": offer,
        "owner": dossier.office(owner.get("agency"), owner.get("unit")) or dossier.owner,
        "in_place_of": dossier.office(event.data.get("in_place_of"), None),
        "person": dossier.people.get(event.user_id or 0, ""),
        "assignee": dossier.people.get(event.data.get("assignee", 0), ""),
        "rung": _rung(event.data),
        "role": event.role,
        "on_behalf": wording_events.on_behalf(event),
    }
    reads_words = action != Action.SUBMIT and privacy.reads_event(
        desk.viewer, event, dossier.case, is_in_place=dossier.is_in_place
    )
    tone = _BY_REPORTER if event.role == "reporter" and action != Action.SUBMIT else _TONES.get(action, "calm")
    return Entry(
        seq=event.seq,
        what=wording_events.told(action, names),
        moment=event.acted_at,
        by=_who(desk, event, office),
        text=_text(desk, event, spans=spans, reads=reads) if reads_words else "",
        tone=tone,
        mark=_mark(action, event, is_held=is_held),
        facts=[*_facts(desk, event.data), *wording_events.turned(turned), *_source(desk, event, reads=reads)]
        if reads_words or action == Action.SUBMIT
        else [],
        files=readable_files(desk, event.seq, reads=reads) if reads_words else [],
        is_held=is_held,
    )


def _rung(data: Any) -> str:
    """Say which level was told, where one was."""
    step = data.get("escalation")
    return str(wording_duty.RUNG[Rung(step["rung"])]) if step else ""


def _climbed(data: Any) -> list[str]:
    """Say of an escalation which clock it is about and which posts were passed over."""
    step = data.get("escalation")
    if not step:
        return []
    passed = [
        f"{wording_duty.RUNG[Rung(rung)]} ({wording_duty.SKIPPED[Skipped(why)]})"
        for rung, why in step["skipped"].items()
    ]
    found = [f"{_('Batas waktu')}: {wording.CLOCK[Clock(step['clock'])]}"]
    return [*found, f"{_('Dilewati')}: {', '.join(passed)}"] if passed else found


def _who(desk: Desk, event: EventRecord, office: str) -> str:
    if event.role in {"reporter", "system"}:
        return str(wording.ROLE[Role(event.role)])
    person = desk.dossier.people.get(event.user_id or 0, "")
    return ", ".join(part for part in (person, office) if part)


def _text(desk: Desk, event: EventRecord, *, spans: privacy.Spans | None, reads: bool) -> str:
    if "text" not in event.commitments:
        return ""
    text = desk.dossier.texts.get((event.seq, "text"))
    if text and (plan := desk.dossier.texts.get((event.seq, "plan"))):
        text = f"{text}\n\n{_('Rencana')}: {plan}"
    if text is None:
        return _("(Teks ini sudah dihapus.)")
    is_told = event.is_reporters or event.kind in PUBLIC_TEXTS | {Action.IMPORT}
    return privacy.without_person(text, spans) if is_told and not reads else text


def _mark(action: Action, event: EventRecord, *, is_held: bool) -> str:
    if is_held:
        return _("Belum diperiksa, tidak tampil ke publik")
    if action in INTERNAL_TEXTS or event.visibility == Visibility.INTERNAL:
        return _("Catatan internal")
    if event.visibility == Visibility.REPORTER or action == Action.APPEAL:
        return _("Dibaca pelapor, tidak tampil ke publik")
    return _("Sudah tampil ke publik") if action in HELD_TEXTS and "text" in event.commitments else ""


def _facts(desk: Desk, data: Any) -> Sequence[str]:
    """Say what an event decided besides its words."""
    found = _ended(data)
    if reason := data.get("archive_reason"):
        found.append(f"{_('Alasan arsip')}: {wording.ARCHIVE_REASON[ArchiveReason(reason)]}")
    if (classification := data.get("classification")) and "received_at" not in data:
        found.append(f"{_('Klasifikasi')}: {wording.CLASSIFICATION[Classification(classification)]}")
    if data.get("supervisory"):
        found.append(_("Berkadar pengawasan"))
    if suggested := data.get("proposed") or data.get("suggested"):
        found.append(f"{_('Instansi yang diusulkan')}: {desk.dossier.agencies.get(suggested, '')}")
    if until := data.get("until"):
        found.append(f"{_('Sampai')}: {tanggal(date.fromisoformat(until))}")
    if rating := data.get("rating"):
        found.append(f"{_('Penilaian')}: {rating}/5")
    found += [wording_events.brought(data["on_behalf"])] if "on_behalf" in data else []
    return [*found, *_proposed(data), *_climbed(data), *_ground(data), *_memo(data)]


def _ended(data: Any) -> list[str]:
    """Say what came of a report, or will come of it, and on which day."""
    found, answer = [], data.get("answer", {})
    if outcome := data.get("outcome") or answer.get("outcome"):
        found.append(f"{_('Hasil')}: {wording.OUTCOME[Outcome(outcome)]}")
    if promised := data.get("outcome_on") or answer.get("outcome_on"):
        found.append(f"{_('Tanggal yang dijanjikan')}: {tanggal(date.fromisoformat(promised))}")
    return found


def _proposed(data: Any) -> list[str]:
    """Say which deed was proposed, and with what."""
    proposal = data.get("proposal")
    return [str(proposing.TITLES[Action(proposal["kind"])]), *proposing.values(proposal)] if proposal else []


def _memo(data: Any) -> list[str]:
    """Say the number of a memo that was signed, or that one was withdrawn."""
    if signed := data.get("memo"):
        return [f"{_('Nomor')}: {signed['number']}"]
    return [_("Nota dinas yang belum ditandatangani ditarik")] if "withdraws_memo" in data else []


def _source(desk: Desk, event: EventRecord, *, reads: bool) -> list[str]:
    """Say under which number, and with which words, another system had it: without the person, as all that is told."""
    source = event.data.get("source")
    if not source:
        return []
    reason = desk.dossier.texts.get((event.seq, "reason"))
    said = [
        f"{_('Nomor di sistem asal')}: {source['number']}",
        _("Pelapor tidak punya kode di sini. Hubungi lewat sistem asal."),
    ]
    if not reason:
        return said
    return [*said, f"{_('Alasan di sistem asal')}: {reason if reads else privacy.without_person(reason)}"]


def _ground(data: Any) -> list[str]:
    """Say why something was hidden from the public."""
    ground = data.get("ground")
    return [f"{_('Alasan menyamarkan')}: {wording_grounds.HIDING_GROUND[HidingGround(ground)]}"] if ground else []


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file in a list: with a link where the officer may open it."""

    key: str
    name: str
    size: int
    kind: str
    is_open: bool


def readable_files(desk: Desk, seq: int, *, reads: bool) -> list[FileLine]:
    """Return the files of an event, and whether this officer may open each."""
    return [
        FileLine(
            key=file.key,
            name=file.name,
            size=file.size,
            kind=file.kind,
            is_open=privacy.may_read_file(is_reporters=file.is_reporters, kind=file.kind, reads_originals=reads),
        )
        for file in desk.dossier.files.get(seq, ())
    ]
