"""The tracking page of a report in words: what comes next, the road so far, the clocks, who looked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tanggap.domain import flags
from tanggap.domain.actors import Role
from tanggap.domain.attachments import FileKind
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.deadlines import ClockRun, running
from tanggap.domain.hiding import HidingGround
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.outcomes import ArchiveReason, Outcome, Solved
from tanggap.selectors.own_reports import Entry, File, OwnReport
from tanggap.services import deadlines
from tanggap.templatetags.tanggap import STATUS_TONES, named, tanggal, waktu
from tanggap.web import explanations, wording, wording_events, wording_grounds, wording_handover
from tanggap.web.explanations import ExplainedClock
from tanggap.web.public import standing

# Between offices only: it says nothing that the reporter could wait for.
_INTERNAL: Final = frozenset({Clock.INTERNAL_ACCEPT, Clock.OUTCOME_NOTICE})


def page(own: OwnReport, language: str, *, now: datetime) -> dict[str, Any]:
    """Return what the page shows, apart from the forms."""
    runs = deadlines.compute(own.events)
    facts = own.facts
    notices = standing.notices(own, runs, now=now)
    turned = flags.turns(own.events)
    road = [_told(entry, own, turned.get(entry.event.seq, ())) for entry in reversed(own.entries)]
    return {
        "own": own,
        "code": facts.status.value,
        "status": wording.RETURNED if facts.is_returned else wording.STATUS[facts.status],
        "notices": notices,
        "is_late": any(notice.is_overdue for notice in notices),
        "statutory": standing.statutory_passed(runs, now=now),
        "clocks": explanations.explain_runs(_shown(runs), language, now=now),
        "timeline": [*_next(own, runs, now), *road],
        "openings": [_opening(entry) for entry in reversed(own.openings)],
        "details": _details(own),
        "relatives": [(number, title, wording.STATUS[Status(status)]) for number, title, status in own.relatives],
        "files": [_file(file) for file in own.entries[0].files] if own.entries else [],
        "set_by_officer": [
            words
            for words, said_by in ((_("Anonim"), facts.anonymous_by), (_("Rahasia"), facts.confidential_by))
            if "officer" in said_by
        ],
    }


def explained(own: OwnReport, language: str, *, now: datetime) -> list[ExplainedClock]:
    """Return every clock of the report that concerns its reporter, day by day."""
    return explanations.explain_runs(_shown(deadlines.compute(own.events)), language, now=now)


def _shown(runs: Sequence[ClockRun]) -> list[ClockRun]:
    return [run for run in runs if run.clock not in _INTERNAL]


def _next(own: OwnReport, runs: Sequence[ClockRun], now: datetime) -> list[dict[str, Any]]:
    """Return what is waited for now, as the first line of the road: what has no event yet."""
    live = [run for run in running(runs) if CLOCKS[run.clock].is_shown and not CLOCKS[run.clock].is_statutory]
    if not live:
        return []
    run = live[0]
    who = _("Anda") if CLOCKS[run.clock].is_reporters else own.owner
    return [
        {
            "what": _("Berikutnya: %(clock)s") % {"clock": _within(str(wording.CLOCK[run.clock]))},
            "by": _("%(who)s, paling lambat") % {"who": who},
            "moment": run.due_on,
            "took": standing.left_words(run, now),
            "tone": "late" if run.is_breached(now) else "wait",
            "icon": "clock",
        }
    ]


def _within(words: str) -> str:
    """Return words as they stand within a sentence; an abbreviation keeps its capitals."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _told(entry: Entry, own: OwnReport, turned: Sequence[flags.Turn]) -> dict[str, Any]:
    """Return one event in the words of the timeline."""
    event = entry.event
    action = Action(event.kind)
    system = entry.office or settings.SITE_NAME
    names = {
        "office": system,
        "owner": entry.owner or own.owner,
        "offer": entry.offer,
        "in_place_of": entry.in_place_of,
        "on_behalf": wording_events.on_behalf(event),
    }
    what = wording_events.told(action, names)
    by = _("Anda") if event.role == Role.REPORTER else system
    moved = event.from_status != event.to_status
    return {
        "what": what,
        "by": "" if entry.office and entry.office in what else by,
        "moment": own.report.received_at if action == Action.SUBMIT else event.acted_at,
        "zone": own.facts.zone,
        "took": _took(entry, own),
        "text": entry.text,
        "tone": STATUS_TONES.get(event.to_status, "calm") if moved else "calm",
        "html": format_html('<p class="small">{}</p>', said) if (said := _codes(entry, turned)) else "",
        "files": [_file(file) for file in entry.files] if action != Action.SUBMIT else [],
    }


def _took(entry: Entry, own: OwnReport) -> str:
    """Say on which working day since the report came in an office acted."""
    received = own.facts.received_at
    if received is None or entry.event.role == Role.REPORTER or entry.event.kind == Action.SUBMIT:
        return ""
    zone = ZoneInfo(own.facts.zone)
    calendar = deadlines.calendar_of(entry.event.data.get("calendar", own.facts.calendar), own.facts.owner_agency_id)
    days = calendar.working_days_between(received.astimezone(zone).date(), entry.event.acted_at.astimezone(zone).date())
    if days < 1:
        return ""
    return ngettext("hari kerja ke-%(days)s", "hari kerja ke-%(days)s", days) % {"days": days}


def _codes(entry: Entry, turned: Sequence[flags.Turn]) -> str:
    """Say the codes of an event: outcome, reason of an archive, rating, flags."""
    data = entry.event.data
    said = [wording_events.brought(data["on_behalf"])] if "on_behalf" in data else []
    if entry.event.kind != Action.SUBMIT and data.get("outcome"):
        said.append(_("Hasil: %(outcome)s") % {"outcome": wording.OUTCOME[Outcome(data["outcome"])]})
        if data.get("outcome_on"):
            said.append(tanggal(datetime.fromisoformat(data["outcome_on"]).date()))
    if entry.proposed:
        said.append(wording.PROPOSED % {"office": entry.proposed})
    if data.get("archive_reason"):
        said.append(_("Alasan: %(reason)s") % {"reason": wording.ARCHIVE_REASON[ArchiveReason(data["archive_reason"])]})
    if data.get("rating"):
        said.append(_("Penilaian: %(rating)s dari 5") % {"rating": data["rating"]})
    if data.get("solved"):
        said.append(_("Masalah selesai? %(solved)s") % {"solved": wording.SOLVED[Solved(data["solved"])]})
    said += wording_events.turned(turned)
    return " · ".join(filter(None, [*said, _parts(entry), *_ground(data)]))


def _ground(data: Any) -> list[str]:
    """Say why something was hidden from the public."""
    ground = data.get("ground")
    return [_("Alasan: %(reason)s") % {"reason": wording_grounds.HIDING_GROUND[HidingGround(ground)]}] if ground else []


_OPENED: Final = {
    Action.OPEN_IDENTITY: gettext_lazy("identitas Anda"),
    Action.OPEN_ORIGINAL: gettext_lazy("teks asli laporan"),
    Action.OPEN_HANDOVER: gettext_lazy("berkas yang Anda serahkan"),
}


def _parts(entry: Entry) -> str:
    """Say what of the report was handed over with an event."""
    given = entry.event.data.get("consent", ())
    return ", ".join(str(words) for part, words in wording_handover.PART.items() if part in given)


def _opening(entry: Entry) -> dict[str, Any]:
    """Return who looked, as which office and role, when and why; no names of people."""
    opened = _OPENED[Action(entry.event.kind)]
    role = str(wording.ROLE[Role(entry.event.role)])
    what = _("%(role)s di %(office)s membuka %(opened)s")
    return {
        "what": what % {"role": role, "office": entry.office, "opened": opened},
        "moment": entry.event.acted_at,
        "text": _("Alasan: %(reason)s") % {"reason": entry.text} if entry.text else _parts(entry),
        "icon": "eye",
        "tone": "secret",
    }


def _file(file: File) -> dict[str, Any]:
    url = reverse("public:own_file", args=[file.key])
    is_image = file.kind == FileKind.IMAGE
    thumbnail = reverse("public:own_thumbnail", args=[file.key]) if is_image else ""
    return {"url": url, "name": file.name, "size": file.size, "thumbnail": thumbnail, "is_public": file.is_publishable}


def _details(own: OwnReport) -> list[dict[str, Any]]:
    """Return what was handed in, for the reporter to read again."""
    report, words, zone = own.report, own.words, own.facts.zone
    is_typed_in = report.registered_at > report.received_at
    rows = [
        # Where somebody typed it in later than it came; else the road above says when it came.
        (_("Diterima"), waktu(report.received_at, zone) if is_typed_in else ""),
        (_("Dicatat"), waktu(report.registered_at, zone) if is_typed_in else ""),
        (_("Klasifikasi"), wording.CLASSIFICATION[Classification(report.classification)]),
        (_("Kategori"), named(report.category)),
        (_("Tanggal kejadian"), tanggal(report.event_date) if report.event_date else ""),
        (
            _("Lokasi kejadian"),
            ", ".join(filter(None, [words.get("location"), report.area.name if report.area else ""])),
        ),
        (_("Instansi tujuan"), report.destination.name if report.destination else _("Saya tidak tahu")),
        (_("Penyelesaian yang diharapkan"), words.get("solution", "")),
        (_("Uraian kerugian"), words.get("loss", "")),
    ]
    return [{"term": term, "text": text} for term, text in rows if text]
