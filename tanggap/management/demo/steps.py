"""The steps of one report: each takes the simulated clock on, acts through the services, and remembers the result."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from tanggap.domain.actors import Actor, AgencyAdmin, NationalAdmin, Officer, Reporter
from tanggap.domain.intake import Classification, IncomingReport, ReportChannel, StagedFile, Urgency
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move, Span
from tanggap.domain.outcomes import Outcome
from tanggap.domain.reasons import Reason
from tanggap.management.demo import corpus, people, profile
from tanggap.management.demo import corpus_phrases as phrases
from tanggap.management.demo.clockwork import Clockwork
from tanggap.management.demo.corpus import REGENCY, Facts
from tanggap.management.demo.corpus_scenes import ADDRESSEE
from tanggap.management.demo.offices import Offices
from tanggap.management.demo.pictures import Album
from tanggap.management.demo.profile import ZONE
from tanggap.management.demo.stories import Plan, Road, Sent, asked
from tanggap.services import memos, redaction, reports, submissions
from tanggap.services.reports import NotAllowedError

if TYPE_CHECKING:
    from tanggap.models import Report

_TYPED_IN: Final = frozenset({ReportChannel.LETTER, ReportChannel.WALK_IN})
_TOO_SHORT_FOR_MORE: Final = 200


class OverError(Exception):
    """Nothing more happens to this report before the end."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What all reports share."""

    clockwork: Clockwork
    offices: Offices
    album: Album


@dataclass(slots=True)
class Walk:
    """One report on its way."""

    plan: Plan
    stage: Stage
    owner: str = ""  # slug of the agency that owns it now
    unit: str = ""  # slug of the unit that handles it
    report_id: int = 0
    report: "Report | None" = None  # as the last act left it; None before the first
    facts: Facts = field(default_factory=Facts)
    said: dict[str, str] = field(default_factory=dict)  # the reporter's own words, by field
    held: list[tuple[int, str]] = field(default_factory=list)  # later words that wait for an officer
    has_asked: bool = False
    outcome: Outcome = Outcome.EXPLAINED  # of the last answer
    promised: date | None = None
    has_answer: bool = False
    reopenings: int = 0
    refused: str = ""  # why the services did not let the story go on
    beside: list["Walk"] = field(default_factory=list)  # reports that this one brought forth, or that follow it
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Set the clock to when the reporter begins."""
        self.now = self.plan.at
        self.facts = corpus.facts_for(self.rng, self.plan.place, at=self.now)
        if self.plan.desk.level == REGENCY:
            # Upper secondary schools are the province's, the others those of regencies and cities.
            self.facts.values["sekolah"] = self.facts.values["sd"]

    @property
    def rng(self) -> Random:
        """Return the dice of this report alone."""
        return self.plan.rng

    def chance(self, share: float) -> bool:
        """Say whether something happens that happens in this share of the cases."""
        return self.rng.random() < share

    def stop_at(self, step: str) -> None:
        """End here where the plan says that nobody goes on."""
        if self.plan.stops_at == step:
            raise OverError

    def office(self, days: int) -> None:
        """Wait for a moment of office hours, so many working days on."""
        self.wait(self.stage.clockwork.office(self.rng, self.now, days))

    def home(self, first: float, last: float) -> None:
        """Wait until the reporter has time, between so many days on."""
        self.wait(self.stage.clockwork.home(self.rng, self.now, (first, last)))

    def wait(self, until: datetime) -> None:
        """Take the clock on; ends the play where that is beyond the end."""
        if until > self.stage.clockwork.end:
            raise OverError
        self.now = max(until, self.now)

    def admin(self, *, seat: int = 0) -> AgencyAdmin | NationalAdmin:
        """Return an admin of the agency that owns the report."""
        return self.stage.offices.admin(self.owner, seat=seat)

    def officer(self) -> Officer:
        """Return who handles the report: the unit's officer, or the admin where no unit has it."""
        return self.stage.offices.unit_officer(self.owner, self.unit) if self.unit else self.admin()

    def act(self, actor: Actor, action: Action, move: Move | None = None) -> None:
        """Do one action now."""
        self.report = reports.act(actor=actor, number=self.plan.number, action=action, move=move, now=self.now)

    # The reporter

    def submit(self) -> None:
        """Hand the report in: by the reporter, or typed in by an officer for a letter or a visit."""
        self.owner = asked(self.plan)
        channel, received, actor = self.plan.channel, None, None
        if channel in _TYPED_IN:
            typed = self.stage.clockwork.office(self.rng, self.now, 0)
            if typed <= self.stage.clockwork.end:
                received, self.now, actor = self.now, typed, self.admin()
            else:
                channel = ReportChannel.WEB
        incoming = self._incoming(channel, received)
        receipt = submissions.submit(incoming, now=self.now, actor=actor, number=self.plan.number)
        self.report_id = receipt.report_id
        names = ("title", "body", "location", "solution", "loss")
        self.said = {name: getattr(incoming, name) for name in names if getattr(incoming, name)}

    def _incoming(self, channel: ReportChannel, received: datetime | None) -> IncomingReport:
        plan, rng, topic = self.plan, self.rng, self.plan.topic
        language, title, body = self._words(channel)
        has_location = topic.classification == Classification.COMPLAINT or self.chance(0.3)
        return IncomingReport(
            classification=topic.classification,
            title=title,
            body=body,
            channel=channel,
            event_date=self._event_day() if has_location else None,
            area_code=plan.place.code if has_location else None,
            location=self.facts.fill("{jalan}, {patokan}") if has_location and self.chance(0.8) else "",
            destination_id=None if plan.sent == Sent.NOWHERE else self.stage.offices.agency_id(self.owner),
            category_code=topic.category if self.chance(0.55) and not self.is_stray() else None,
            is_anonymous=plan.is_anonymous,
            is_confidential=plan.is_confidential,
            urgency=topic.urgency if self.is_urgent() and not self.is_stray() else Urgency.NONE,
            solution=rng.choice(phrases.SOLUTIONS) if self.chance(0.12) else "",
            loss=self.facts.fill(rng.choice(phrases.LOSSES)) if self.chance(0.08) else "",
            language=language,
            identity=people.reporter(rng, plan.index, is_anonymous=plan.is_anonymous, language=language),
            files=self.pictures(is_after=False) if self.chance(0.09) and not self.is_stray() else (),
            received_at=received,
        )

    def is_urgent(self) -> bool:
        """Say whether the reporter ticks the reason for urgency that the topic has."""
        return self.chance(0.75 if self.plan.stops_at else 0.18)

    def is_stray(self) -> bool:
        """Say whether the report is about something else than its topic: a quarrel over shoes endangers no life."""
        return self.plan.road == Road.ARCHIVED and self.plan.archive_reason in phrases.STRAY

    def _words(self, channel: ReportChannel) -> tuple[str, str, str]:
        """Return language, title and body."""
        rng, topic = self.rng, self.plan.topic
        if self.is_stray():
            title, body = rng.choice(phrases.STRAY[self.plan.archive_reason])
            return "id", self.facts.fill(title), self.facts.fill(body)
        if topic.tongues and self.chance(0.08):
            language, title, body = rng.choice(topic.tongues)
            return language, self.facts.fill(title), self.facts.fill(body)
        length = profile.length(rng)
        if channel in {ReportChannel.SMS, ReportChannel.X}:
            length = min(length, _TOO_SHORT_FOR_MORE)
        extra = people.disclosure(rng) if self.plan.tells_too_much else ""
        return (
            "id",
            corpus.title(rng, topic, self.facts),
            corpus.body(rng, topic, self.facts, length=length, extra=extra),
        )

    def _event_day(self) -> date:
        return self.now.astimezone(ZONE).date() - timedelta(days=self.rng.randrange(0, 15))

    def write(self, action: Action, text: str, days: tuple[float, float]) -> None:
        """Let the reporter write more; the words are public only after an officer looked."""
        self.home(*days)
        self.act(Reporter(self.report_id), action, Move(text=text))
        if self.report is not None:
            self.held.append((self.report.event_count, text))

    # The office

    def confirm_held(self) -> None:
        """Let an officer look at what the reporter wrote later; some of it is left lying."""
        for seq, text in self.held:
            if self.chance(0.88):
                move = Move(refers_to=seq, masked={"text": spans(text)}, checks_answered=True)
                self.act(self.officer(), Action.CONFIRM_TEXT, move)
        self.held = []

    def say(self, action: Action, text: str, *, by: Officer | None = None, **values: object) -> None:
        """Let the office write something that becomes public, checked first."""
        move = Move(text=text, masked={"text": spans(text)}, checks_answered=True, **values)  # type: ignore[arg-type]
        try:
            self.act(by or self.officer(), action, move)
        except NotAllowedError as error:
            if error.reason != Reason.NEEDS_MEMO:
                raise
            self.sign(move)
        if self.report is not None and self.report.held_answer_by_id is not None:
            # By chance somebody else's answer has the same words: a colleague lets it go at once.
            self.act(self.admin(seat=1), Action.RELEASE_ANSWER)

    def sign(self, move: Move) -> None:
        """Answer by a memo, where the agency wants it: written and signed by the unit's officer in one step."""
        said = replace(move, addressee=ADDRESSEE, subject=f"Jawaban atas laporan {self.plan.number}")
        # The office numbers its memos by itself: what two processes play gets the same numbers again.
        count = self.report.event_count if self.report else 0
        typed = f"{self.plan.index}.{count}/ND-CONTOH/{self.unit.upper()}/{self.now.astimezone(ZONE).year}"
        agency, unit = self.stage.offices.agency_name(self.owner), self.stage.offices.unit_name(self.owner, self.unit)
        self.report = memos.sign(
            actor=self.officer(),
            number=self.plan.number,
            move=said,
            typed=typed,
            press=lambda wanted: self.stage.album.memo(wanted, agency=agency, unit=unit, at=self.now),
            link=self.stage.album.link,
            now=self.now,
        )

    def pictures(self, *, is_after: bool) -> tuple[StagedFile, ...]:
        """Return a sketch of the topic; after the work often with one from before."""
        scene = self.plan.topic.scene
        first = self.stage.album.give(scene, is_after=is_after)
        if is_after and self.chance(0.35):
            return self.stage.album.give(scene, is_after=False), first
        return (first,)


def spans(text: str) -> tuple[Span, ...]:
    """Return what the finders see in a text, as an officer confirms it."""
    return tuple((found.start, found.end, found.kind.value) for found in redaction.find(text))
