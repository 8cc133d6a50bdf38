"""A published report as its page tells it: bad news first, who does what by when, and everything that happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tanggap.domain.clocks import ANSWER_TIMES, CLOCKS, STATUTORY, WINDOWS, Clock, is_passed_on
from tanggap.domain.deadlines import ClockRun, running
from tanggap.domain.lifecycle import Action
from tanggap.domain.outcomes import Outcome, Solved
from tanggap.domain.publication import run_from_entry
from tanggap.selectors import calendars
from tanggap.templatetags.tanggap import STATUS_TONES, due_words, tanggal
from tanggap.web import due, wording, wording_events
from tanggap.web.public.cards import office

if TYPE_CHECKING:
    from tanggap.models import Publication

type Names = tuple[Mapping[int | None, str], Mapping[int | None, str]]  # of agencies and of units, by id

# What an office owes while a clock runs; what to say when the clock ran out, in short and in full.
OWED: Final[Mapping[Clock, tuple[Promise, Promise, Promise]]] = {
    Clock.VERIFY: (
        gettext_lazy("%(office)s memverifikasi laporan ini paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Verifikasi terlambat"),
        gettext_lazy("%(office)s belum memverifikasi laporan ini. Batasnya %(date)s."),
    ),
    Clock.FIRST_FOLLOWUP: (
        gettext_lazy("%(office)s memberi tindak lanjut pertama paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Tindak lanjut terlambat"),
        gettext_lazy("%(office)s belum memberi tindak lanjut. Batasnya %(date)s."),
    ),
    Clock.RESOLVE: (
        gettext_lazy("%(office)s menjawab paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Jawaban terlambat"),
        gettext_lazy("%(office)s belum menjawab. Batasnya %(date)s."),
    ),
    Clock.REOPENED: (
        gettext_lazy("%(office)s menjawab laporan yang dibuka kembali paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Jawaban setelah dibuka kembali terlambat"),
        gettext_lazy("%(office)s belum menjawab laporan yang dibuka kembali. Batasnya %(date)s."),
    ),
    Clock.HOP: (
        gettext_lazy("Instansi penerima menyatakan menerima atau menolak paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Jawaban atas pelimpahan terlambat"),
        gettext_lazy("Instansi penerima belum menerima atau menolak pelimpahan. Batasnya %(date)s."),
    ),
    Clock.ARBITRATION: (
        gettext_lazy("Admin nasional menetapkan instansi yang berwenang paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Penetapan instansi terlambat"),
        gettext_lazy("Admin nasional belum menetapkan instansi yang berwenang. Batasnya %(date)s."),
    ),
    Clock.PARTS: (
        gettext_lazy("Semua bagian laporan ini diselesaikan paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Penyelesaian bagian terlambat"),
        gettext_lazy("Belum semua bagian laporan ini selesai. Batasnya %(date)s."),
    ),
    Clock.FORMAL: (
        gettext_lazy("Permintaan informasi resmi: %(office)s menjawab paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Jawaban PPID terlambat"),
        gettext_lazy("%(office)s belum menjawab permintaan informasi resmi. Batasnya %(date)s."),
    ),
    Clock.FORMAL_OBJECTION: (
        gettext_lazy("Atasan PPID menjawab keberatan paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Jawaban atasan PPID terlambat"),
        gettext_lazy("Atasan PPID belum menjawab keberatan. Batasnya %(date)s."),
    ),
    Clock.REPLY: (
        gettext_lazy("%(office)s menjawab tanggapan pelapor paling lambat %(date)s (%(left)s)."),
        gettext_lazy("Jawaban atas tanggapan pelapor terlambat"),
        gettext_lazy("%(office)s belum menjawab tanggapan pelapor. Batasnya %(date)s."),
    ),
}
REPORTER_MAY: Final[Mapping[Clock, Promise]] = {
    Clock.AUTO_CLOSE: gettext_lazy(
        "Pelapor dapat menanggapi sampai %(date)s (%(left)s). "
        "Tanpa tanggapan, laporan ditutup dan dapat dibuka kembali."
    ),
    Clock.DATA_REQUEST: gettext_lazy(
        "Pelapor diminta melengkapi data paling lambat %(date)s (%(left)s). Selama itu jam instansi berhenti."
    ),
    Clock.FORMAL_WINDOW: gettext_lazy("Pemohon dapat berkeberatan kepada atasan PPID sampai %(date)s."),
    Clock.REOPEN_WINDOW: gettext_lazy("Pelapor dapat menilai dan membuka kembali laporan ini sampai %(date)s."),
}
_ANSWERS: Final = frozenset({Clock.RESOLVE, Clock.REOPENED})


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say at the top, in its tone; `said` are the words of an office."""

    tone: str
    title: str
    text: str = ""
    said: str = ""


def runs_of(publication: "Publication") -> list[ClockRun]:
    """Return the clocks of a publication, those that run first, the soonest due before the others."""
    runs = [run_from_entry(entry) for entry in publication.clocks]
    return sorted(runs, key=lambda run: (run.is_stopped, run.is_stopped and -run.started_at.timestamp(), run.due_at))


def notices(publication: "Publication", runs: Sequence[ClockRun], names: Names, *, now: datetime) -> list[Notice]:
    """Return what has to be said first: lateness, then what comes next, then how it was returned or ended."""
    found = [
        _late(publication, runs, now),
        _by_law(runs, now),
        _returned(publication, names),
        _extended(runs, publication.timeline, now),
    ]
    found += [_ended(publication, runs), _paused(runs), _next(publication, runs, now)]
    return [notice for notice in found if notice]


def left_words(run: ClockRun, now: datetime) -> str:
    """Say how far the due day of a clock is, in the unit that it is counted in."""
    left = _left(run, now)
    return due_words(left.days, calendar=left.by_calendar)


def _left(run: ClockRun, now: datetime) -> due.Left:
    calendar = calendars.working_calendar(run.agency_id, run.calendar)
    return due.of_run(run, calendar=calendar, now=now)


def _late(publication: "Publication", runs: Sequence[ClockRun], now: datetime) -> Notice | None:
    """Say plainly that an office is late, by how much, and what comes then; the longest overdue counts."""
    live = running(runs)
    overdue = [run for run in live if run.clock in OWED and run.is_breached(now)]
    if not overdue:
        return None
    # The answer is what people wait for: a missed step on the way to it is said only while it is not late itself.
    run = next((run for run in overdue if run.clock in _ANSWERS), overdue[0])
    left = _left(run, now)
    days = -left.days
    late = ngettext("%(what)s %(days)s hari kerja.", "%(what)s %(days)s hari kerja.", days)
    if left.by_calendar:
        late = ngettext("%(what)s %(days)s hari.", "%(what)s %(days)s hari.", days)
    sentences = [str(OWED[run.clock][2]) % {"office": office(publication), "date": tanggal(run.due_at, run.zone)}]
    law = next((run for run in live if run.clock == Clock.STATUTORY_MAX and not run.is_breached(now)), None)
    if law is not None:
        words = _("Bila belum dijawab sampai %(date)s, pelapor dapat melapor ke Ombudsman Republik Indonesia.")
        sentences.append(words % {"date": tanggal(law.due_at, law.zone)})
    return Notice("late", late % {"what": OWED[run.clock][1], "days": days}, " ".join(sentences))


def _by_law(runs: Sequence[ClockRun], now: datetime) -> Notice | None:
    """Say that a date of the law itself has passed: the road to the Ombudsman is open (UU 25/2009 Ps 46)."""
    passed = [run for run in running(runs) if run.clock in STATUTORY and run.is_breached(now)]
    if not passed:
        return None
    date_ = tanggal(passed[0].due_at, passed[0].zone)
    text = _("Pelapor dapat melapor ke Ombudsman Republik Indonesia: telepon 137 atau ombudsman.go.id.")
    return Notice("late", _("Batas menurut undang-undang lewat pada %(date)s.") % {"date": date_}, text)


def _returned(publication: "Publication", names: Names) -> Notice | None:
    """Say who declined the report and why, while the right office is looked for."""
    if not publication.is_returned:
        return None
    last = next((entry for entry in reversed(publication.timeline) if entry["kind"] == Action.RETURN), None)
    who = office_of(last, names) if last else publication.agency.name
    text = _("Instansi yang tepat sedang dicari. Umur laporan tidak diulang dari awal.")
    if last and (proposed := names[0].get(last.get("proposed"))):
        text = f"{wording.PROPOSED % {'office': proposed}}. {text}"
    title = _("Dikembalikan: %(office)s menyatakan ini bukan wewenangnya.") % {"office": who}
    return Notice("soon", title, text, said=last["text"] if last else "")


def _extended(runs: Sequence[ClockRun], timeline_: Sequence[Mapping[str, Any]], now: datetime) -> Notice | None:
    """Say until when an answer may take and why, while it may (REQ-4: extended is not late)."""
    run = next((run for run in running(runs) if run.extended and not run.is_breached(now)), None)
    if run is None:
        return None
    last = next((entry for entry in reversed(timeline_) if entry["kind"] == Action.GRANT_EXTENSION), None)
    title = _("Batas waktu jawaban diperpanjang sampai %(date)s.") % {"date": tanggal(run.due_at, run.zone)}
    return Notice("soon", title, said=last["text"] if last else "")


def _ended(publication: "Publication", runs: Sequence[ClockRun]) -> Notice | None:
    """Say what came out, on which day, and whether the answer kept its date."""
    if not publication.outcome:
        return None
    title = _("Hasil: %(outcome)s") % {"outcome": wording.OUTCOME[Outcome(publication.outcome)]}
    if publication.outcome_on:
        title += _(", direncanakan %(date)s") % {"date": tanggal(publication.outcome_on)}
    said = [_kept(publication, runs), _promise(publication)]
    if publication.rating:
        said.append(_("Pelapor memberi nilai %(rating)s dari 5.") % {"rating": publication.rating})
    if publication.solved:
        said.append(_("Masalah selesai? %(solved)s.") % {"solved": wording.SOLVED[Solved(publication.solved)]})
    return Notice("late" if _is_promise_late(publication) else "good", title, " ".join(filter(None, said)))


_PROMISES: Final = frozenset(
    {Action.ANSWER, Action.CLOSE_MANUAL, Action.ASK_SCHEDULE, Action.CONFIRM_SCHEDULE, Action.RESCHEDULE, Action.REOPEN}
)


def _last_of_promise(publication: "Publication") -> Mapping[str, Any] | None:
    return next((entry for entry in reversed(publication.timeline) if entry["kind"] in _PROMISES), None)


def _is_promise_late(publication: "Publication") -> bool:
    last = _last_of_promise(publication)
    return last is not None and last["kind"] == Action.ASK_SCHEDULE


def _promise(publication: "Publication") -> str:
    """Say what became of a promise whose day has come."""
    last = _last_of_promise(publication)
    if last is not None and last["kind"] == Action.CONFIRM_SCHEDULE:
        day = tanggal(datetime.fromisoformat(last["at"]), publication.agency.timezone)
        return _("Dilaporkan terlaksana pada %(day)s.") % {"day": day}
    return _("Jadwal ini sudah lewat, dan pelaksanaannya belum dilaporkan.") if _is_promise_late(publication) else ""


def _kept(publication: "Publication", runs: Sequence[ClockRun]) -> str:
    if publication.answered_at is None:
        return ""
    day = tanggal(publication.answered_at, publication.agency.timezone)
    # An answer to the reporter's word has a time of its own, and the last answer is the one that is told.
    answered = [run for run in runs if run.clock in ANSWER_TIMES | {Clock.REPLY} and run.stopped_at is not None]
    late = [run for run in answered if run.stopped_at is not None and run.is_breached(run.stopped_at)]
    if not late:
        words = _("Dijawab tepat waktu pada %(day)s.") if answered else _("Dijawab pada %(day)s.")
        return words % {"day": day}
    run = late[-1]
    left = _left(run, run.stopped_at or run.due_at)
    days = -left.days
    words = ngettext(
        "Dijawab pada %(day)s, terlambat %(days)s hari kerja.",
        "Dijawab pada %(day)s, terlambat %(days)s hari kerja.",
        days,
    )
    if left.by_calendar:
        words = ngettext(
            "Dijawab pada %(day)s, terlambat %(days)s hari.", "Dijawab pada %(day)s, terlambat %(days)s hari.", days
        )
    return words % {"day": day, "days": days}


def _paused(runs: Sequence[ClockRun]) -> Notice | None:
    paused = [run for run in runs if run.is_paused and not run.is_stopped and run.clock in _ANSWERS]
    if not paused:
        return None
    since = tanggal(paused[0].pauses[-1].from_at, paused[0].zone)
    return Notice("soon", _("Jam instansi berhenti sejak %(date)s: menunggu data dari pelapor.") % {"date": since})


def _next(publication: "Publication", runs: Sequence[ClockRun], now: datetime) -> Notice | None:
    """Say who makes the next step and by when; what is overdue was said above."""
    live = {run.clock: run for run in running(runs) if not run.is_breached(now)}
    live |= {run.clock: run for run in runs if run.clock in WINDOWS and run.is_running and not run.is_breached(now)}
    owed = [clock for clock in OWED if clock in live]
    may = [clock for clock in REPORTER_MAY if clock in live]
    who = office(publication)
    sentences = [str(OWED[clock][0]) % _known(live[clock], who, now) for clock in owed]
    sentences += [str(REPORTER_MAY[clock]) % _known(live[clock], who, now) for clock in may]
    return Notice("info", sentences[0], " ".join(sentences[1:])) if sentences else None


def _known(run: ClockRun, who: str, now: datetime) -> dict[str, str]:
    return {"office": who, "date": tanggal(run.due_at, run.zone), "left": left_words(run, now)}


def timeline(publication: "Publication", files: Mapping[str, Any], names: Names) -> list[dict[str, Any]]:
    """Return what happened, newest first: which office, what, when, on which working day; never a person."""
    received = publication.received_at.astimezone(ZoneInfo(publication.agency.timezone)).date()
    calendar = calendars.working_calendar(publication.agency_id, calendars.current_version())
    told = [_told(entry, publication, names) for entry in publication.timeline]
    # Counted from 1, never by the number in the chain: its gaps would tell that something happened unseen.
    for step, (event, entry) in enumerate(zip(told, publication.timeline, strict=True), start=1):
        event["step"] = step
        day = event["moment"].astimezone(ZoneInfo(publication.agency.timezone)).date()
        if entry["kind"] != Action.SUBMIT:
            event["took"] = _took(calendar.working_days_between(received, day), is_same_day=day == received)
            event["images"] = [files[key] for key in entry["files"] if key in files]
    return told[::-1]


def before_and_after(publication: "Publication", files: Mapping[str, Any]) -> tuple[Any, Any] | None:
    """Return the first picture of the reporter and the last of an office, where both may be shown."""
    told = [(entry["by"], key) for entry in publication.timeline for key in entry["files"] if key in files]
    before = [key for who, key in told if who == "reporter"]
    after = [key for who, key in told if who == "officer"]
    return (files[before[0]], files[after[-1]]) if before and after else None


def _told(entry: Mapping[str, Any], publication: "Publication", names: Names) -> dict[str, Any]:
    agencies, units = names
    owner, helps = entry["owner"] or {}, entry.get("supporter") or {}
    owner_name = units.get(owner.get("unit")) or agencies.get(owner.get("agency")) or office(publication)
    who = office_of(entry, names)
    action = Action(entry["kind"])
    offices = {
        "office": who,
        "owner": owner_name,
        "offer": units.get(helps.get("unit")) or agencies.get(entry.get("offer") or helps.get("agency"), ""),
        "in_place_of": agencies.get(entry.get("in_place_of"), ""),
        "on_behalf": "yes" if entry["by"] == "officer" else "",
    }
    what = wording_events.told(action, offices)
    said = [str(wording.OUTCOME[Outcome(entry["outcome"])])] if entry["outcome"] else []
    return {
        "what": what,
        "by": "" if who in what else who,
        "moment": publication.received_at if action == Action.SUBMIT else datetime.fromisoformat(entry["at"]),
        # With the village, the minute in which somebody wrote may point at who it was.
        "form": "day" if entry["by"] == "reporter" else "full",
        "zone": publication.agency.timezone,
        "text": "" if entry["held"] else entry["text"],
        "held": wording.HELD if entry["held"] else "",
        "outcome": _("Hasil: %(outcome)s") % {"outcome": said[0]} if said else _proposed(entry, agencies),
        "tone": STATUS_TONES.get(entry["to"], "calm"),
        "images": [],
    }


def _proposed(entry: Mapping[str, Any], agencies: Mapping[int | None, str]) -> str:
    office_ = agencies.get(entry.get("proposed"), "")
    return str(wording.PROPOSED % {"office": office_}) if office_ else ""


def office_of(entry: Mapping[str, Any], names: Names) -> str:
    """Return the office that acted; a reporter is 'Pelapor' and nothing more."""
    match entry["by"]:
        case "reporter":
            return _("Pelapor")
        case "system":
            return str(settings.SITE_NAME)
        case _:
            agencies, units = names
            return units.get(entry["unit"]) or agencies.get(entry["agency"]) or _("Petugas")


def _took(days: int, *, is_same_day: bool) -> str:
    if is_same_day:
        return _("pada hari laporan masuk")
    if days < 1:
        return ""
    return ngettext(
        "hari kerja ke-%(days)s sejak laporan masuk", "hari kerja ke-%(days)s sejak laporan masuk", days
    ) % {"days": days}


def shown_clocks(runs: Sequence[ClockRun], *, now: datetime) -> list[dict[str, Any]]:
    """Return each public clock with its date and its state, for the list beside the report."""
    return [_clock(run, now) for run in runs if CLOCKS[run.clock].is_shown]


def _clock(run: ClockRun, now: datetime) -> dict[str, Any]:
    is_late = run.is_breached(run.stopped_at or now)
    shown: dict[str, Any] = {"name": wording.CLOCK[run.clock], "run": run.run, "due_on": run.due_on, "left": None}
    if is_late and CLOCKS[run.clock].is_reporters:
        return shown | {"state": _("Berakhir"), "tone": "calm"}
    if run.is_stopped and CLOCKS[run.clock].is_reporters:
        return shown | {"state": _("Selesai"), "tone": "done"}
    if is_late:
        return shown | {"state": _("Terlambat"), "tone": "late"}
    if is_passed_on(run.clock, run.stopped_by):
        return shown | {"state": _("Berpindah ke tenggat lain"), "tone": "calm"}
    if run.is_stopped:
        return shown | {"state": _("Tepat waktu"), "tone": "done"}
    if run.is_paused:
        return shown | {"state": _("Berhenti sementara"), "tone": "paused"}
    words = left_words(run, now)
    if run.extended:
        words = f"{wording.EXTENDED} · {words}"
    return shown | {"state": words, "tone": "soon" if _is_soon(run, now) else "calm"}


def _is_soon(run: ClockRun, now: datetime) -> bool:
    return not CLOCKS[run.clock].is_reporters and _left(run, now).days <= 1


def days_off(runs: Sequence[ClockRun]) -> list[dict[str, Any]]:
    """Return the holidays that lie in these clocks, with the decree that each comes from."""
    found: dict[date, dict[str, Any]] = {}
    counted = [run for run in runs if run.unit == "wd"]
    for agency_id, version in sorted({(run.agency_id, run.calendar) for run in counted}, key=str):
        spans = [(r.started_on, r.due_on) for r in counted if (r.agency_id, r.calendar) == (agency_id, version)]
        first, last = min(start for start, _end in spans), max(end for _start, end in spans)
        for row in calendars.days(agency_id, version).filter(day__gt=first, day__lte=last):
            if row.day.weekday() < _SATURDAY and any(start < row.day <= end for start, end in spans):
                found[row.day] = {"day": row.day, "name": row.name, "source": row.source}
    return [found[day] for day in sorted(found)]


_SATURDAY: Final = 5
