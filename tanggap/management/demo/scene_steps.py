"""How each scene of the cast goes, step by step, through the real services with the simulated clock."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from tanggap.domain import references
from tanggap.domain.actors import Reporter, System
from tanggap.domain.case import project
from tanggap.domain.handover import Part
from tanggap.domain.hiding import HidingGround
from tanggap.domain.intake import Classification, Urgency
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move, SplitPart
from tanggap.domain.outcomes import ArchiveReason, Outcome
from tanggap.management.demo import corpus_scenes as phrases
from tanggap.management.demo import player
from tanggap.management.demo.corpus import REGENCY, Desk, Facts
from tanggap.management.demo.corpus_phrases import ARCHIVES
from tanggap.management.demo.offices import PPID
from tanggap.management.demo.profile import ZONE
from tanggap.management.demo.scenes import Scene
from tanggap.management.demo.steps import Walk, spans
from tanggap.management.demo.stories import HELPERS, WASTE_UNIT
from tanggap.selectors import reports as report_selectors
from tanggap.services import clusters, handovers, parts

_LONGER_BY: Final = 5  # working days; seven may be given
_LAW_DAYS: Final = (61, 68)  # after the law's own sixty days for an answer
_SHORT: Final = (0, 1)
_LONG_WORD: Final = re.compile(r"\b[a-z]{6,}\b")
_GROUNDS: Final = (HidingGround.THIRD_PARTY, HidingGround.ACCUSATION, HidingGround.OWN_DATA)


def play(walk: Walk) -> None:
    """Play the scene of a report, which was handed in."""
    if walk.plan.scene is not None:
        _SCENES[walk.plan.scene](walk)


def _begin(walk: Walk, *, urgency: Urgency | None = None) -> None:
    """Let the admin verify it and the unit begin."""
    walk.office(walk.rng.choice(_SHORT))
    player.assign(walk, urgency=urgency)
    walk.office(1)


# Memos (nota dinas)


def _memo(walk: Walk) -> None:
    """The operator of the unit puts an answer before who signs it; what threatens a life needs a memo here."""
    _begin(walk, urgency=Urgency.LIFE)
    player.follow_up(walk)
    walk.office(walk.rng.choice(_SHORT))
    said = replace(
        player.written(walk), addressee=phrases.ADDRESSEE, subject=f"Jawaban atas laporan {walk.plan.number}"
    )
    if walk.plan.scene == Scene.MEMO_HELD:
        said = replace(said, text=walk.facts.fill(phrases.SENT_ELSEWHERE), outcome=Outcome.EXPLAINED, outcome_on=None)
    walk.act(walk.stage.offices.operator(walk.owner, walk.unit), Action.SUBMIT_MEMO, said)
    if walk.plan.scene == Scene.MEMO_SUBMITTED:
        return
    walk.office(walk.rng.choice(_SHORT))
    match walk.plan.scene:
        case Scene.MEMO_CHECKED:
            walk.act(walk.officer(), Action.CHECK_MEMO)
        case Scene.MEMO_RETURNED:
            walk.act(walk.officer(), Action.RETURN_MEMO, Move(text=walk.rng.choice(phrases.MEMO_RETURNS)))
        case _:
            walk.sign(replace(said, files=(), masked={"text": spans(said.text)}, checks_answered=True))


# Formal requests for information


def _formal(walk: Walk) -> None:
    """The reporter makes a formal request of it, which the PPID answers in its own time."""
    walk.office(walk.rng.choice(_SHORT))
    player.assign(walk)
    walk.home(0.1, 1)
    walk.act(Reporter(walk.report_id), Action.HAND_TO_PPID, Move(text=walk.rng.choice(phrases.FORMAL_GROUNDS)))
    walk.unit = PPID
    if walk.plan.scene == Scene.FORMAL_NEW:
        return
    if walk.plan.scene == Scene.FORMAL_LONGER:
        walk.office(7)
        walk.act(walk.officer(), Action.EXTEND_FORMAL, Move(text=phrases.FORMAL_LONGER))
        return
    walk.office(walk.rng.randrange(3, 8))
    player.answer(walk)
    if walk.plan.scene == Scene.FORMAL_OBJECTED:
        walk.home(1, 6)
        walk.act(Reporter(walk.report_id), Action.OBJECT_FORMAL, Move(text=phrases.FORMAL_OBJECTION))
        walk.unit = ""


# More time


def _more_time(walk: Walk) -> None:
    """The unit asks for more days with a plan; its admin says yes or no."""
    _begin(walk)
    player.follow_up(walk)
    walk.office(walk.rng.randrange(1, 3))
    wished = _later(walk)
    asked = Move(text=walk.rng.choice(phrases.WHY_LONGER), plan=walk.rng.choice(phrases.PLANS), new_date=wished)
    walk.act(walk.officer(), Action.REQUEST_EXTENSION, asked)
    if walk.plan.scene == Scene.TIME_ASKED:
        return
    walk.office(walk.rng.choice(_SHORT))
    if walk.plan.scene == Scene.TIME_GRANTED:
        walk.say(Action.GRANT_EXTENSION, phrases.TIME_GRANTED, by=walk.admin(), new_date=wished)
    else:
        walk.act(walk.admin(), Action.REFUSE_EXTENSION, Move(text=phrases.TIME_REFUSED))
    walk.office(walk.rng.randrange(4, 9))
    player.answer(walk)
    player.react(walk)


def _later(walk: Walk) -> date:
    due = walk.report.due_at if walk.report else None
    return walk.stage.clockwork.calendar.add_working_days((due or walk.now).astimezone(ZONE).date(), _LONGER_BY)


# Several offices


def _supported(walk: Walk) -> None:
    """Two other units help: one tells the office what it knows, one tells the reporter what it does."""
    _begin(walk)
    advises, works = (unit for unit in HELPERS[:2] if unit != walk.unit)
    for unit, text in ((advises, phrases.ASKED_FOR_ADVICE), (works, phrases.ASKED_TO_WORK)):
        unit_id = walk.stage.offices.unit_id(walk.owner, unit)
        walk.act(walk.admin(), Action.ADD_SUPPORT, Move(text=text, unit_id=unit_id))
    walk.office(walk.rng.randrange(0, 3))
    walk.act(walk.stage.offices.unit_officer(walk.owner, advises), Action.CONTRIBUTE, Move(text=phrases.ADVICE))
    if walk.chance(0.3):
        return
    walk.office(walk.rng.randrange(0, 2))
    helper = walk.stage.offices.unit_officer(walk.owner, works)
    walk.say(Action.SUPPORT_FOLLOW_UP, walk.facts.fill(phrases.HELPERS_STEP), by=helper)
    walk.office(walk.rng.randrange(2, 6))
    player.follow_up(walk)
    walk.office(walk.rng.randrange(2, 6))
    player.answer(walk)
    player.react(walk)


def _divided(walk: Walk) -> None:
    """Two matters in one report: the office's own, and waste, which is the regency's."""
    walk.office(walk.rng.choice(_SHORT))
    plan, offices = walk.plan, walk.stage.offices
    titles = walk.said["title"], walk.facts.fill(phrases.WASTE_TITLE)
    agencies = plan.agency, plan.place.agency
    numbers = [_number(walk, at) for at in range(len(titles))]
    divided = tuple(
        SplitPart(title, offices.agency_id(agency), number)
        for title, agency, number in zip(titles, agencies, numbers, strict=True)
    )
    text = phrases.DIVIDED
    move = Move(text=text, masked={"text": spans(text)}, checks_answered=True, parts=divided)
    album = walk.stage.album
    walk.report = parts.split(actor=walk.admin(), number=plan.number, move=move, link=album.link, now=walk.now)
    desks = plan.desk, Desk(REGENCY, WASTE_UNIT)
    for number, title, agency, desk in zip(numbers, titles, agencies, desks, strict=True):
        walk.beside.append(_part(walk, number, title, agency, desk))
    own, waste = walk.beside
    own.office(walk.rng.choice(_SHORT))
    player.assign(own)
    own.office(walk.rng.randrange(2, 6))
    player.answer(own)
    _close(own)
    waste.office(walk.rng.randrange(2, 8))
    player.assign(waste)
    if walk.chance(0.5):
        return
    waste.office(walk.rng.randrange(2, 8))
    waste.say(Action.ANSWER, walk.facts.fill(phrases.WASTE_ANSWER), outcome=Outcome.EXPLAINED)
    _close(waste)
    parts.settle(now=max(own.now, waste.now))


def _part(walk: Walk, number: str, title: str, agency: str, desk: Desk) -> Walk:
    made = _beside(walk, number, agency=agency, desk=desk)
    made.owner, made.now = agency, walk.now
    made.said = walk.said | {"title": title}
    made.report = report_selectors.get(viewer=System(), number=number)
    made.report_id = made.report.pk
    return made


def _close(walk: Walk) -> None:
    due = walk.report.due_at if walk.report else None
    walk.wait((due or walk.now) + timedelta(minutes=3))
    walk.act(System(), Action.AUTO_CLOSE)


def _together(walk: Walk) -> None:
    """Neighbours report the same matter in the next hours and days; the admin lets them be handled together."""
    for at in range(2 + walk.chance(0.4)):
        other = _beside(walk, _number(walk, at), index=walk.plan.index + 100_000 * (at + 1))
        other.now = walk.now
        other.home(0.05, 0.9)
        other.facts = Facts(dict(walk.facts.values), thread=walk.facts.thread)
        other.submit()
        walk.beside.append(other)
    walk.wait(max(other.now for other in walk.beside))
    _begin(walk)
    members = [other.plan.number for other in walk.beside]
    merged = clusters.merge(
        actor=walk.admin(), lead=walk.plan.number, members=members, now=walk.now, is_checked=True, note=phrases.TOGETHER
    )
    walk.report = merged
    for other in walk.beside:
        other.report = report_selectors.get(viewer=System(), number=other.plan.number)
    walk.office(walk.rng.randrange(1, 3))
    player.follow_up(walk)
    if walk.chance(0.5):
        walk.office(walk.rng.randrange(3, 9))
        player.answer(walk)


def _number(walk: Walk, at: int) -> str:
    """Return the number of a report that this one brings with it: the same seed gives the same."""
    return references.make(Random(f"beside:{walk.plan.number}:{at}").randbytes(5))


def _beside(walk: Walk, number: str, **values: object) -> Walk:
    dice = Random(f"beside:{number}")
    plan = replace(walk.plan, number=number, rng=dice, scene=None, tells_too_much=False, **values)  # type: ignore[arg-type]
    return Walk(plan, walk.stage)


# The reporter, and the world outside


def _written_to(walk: Walk) -> None:
    """Nobody knows who it is, and yet the office asks, and gets an answer."""
    _begin(walk)
    walk.act(walk.officer(), Action.MESSAGE_REPORTER, Move(text=walk.facts.fill(walk.rng.choice(phrases.TO_REPORTER))))
    if walk.chance(0.3):
        return
    walk.home(0.1, 2)
    text = walk.facts.fill(walk.rng.choice(phrases.FROM_REPORTER))
    walk.act(Reporter(walk.report_id), Action.MESSAGE_OFFICE, Move(text=text))
    if walk.chance(0.4):
        return
    walk.office(1)
    walk.act(walk.officer(), Action.MESSAGE_REPORTER, Move(text=phrases.THANKS))
    walk.office(walk.rng.randrange(2, 6))
    player.answer(walk)
    player.react(walk)


# One proposes, another decides


def _proposed(walk: Walk) -> None:
    """The unit says that it is no complaint but an aspiration; the admin of the agency decides."""
    _begin(walk)
    walk.office(walk.rng.choice(_SHORT))
    corrected = Move(
        proposes=Action.RECLASSIFY,
        text=walk.rng.choice(phrases.NO_COMPLAINT),
        classification=Classification.ASPIRATION,
        supervisory=False,
        category_code=walk.plan.topic.category,
    )
    walk.act(walk.officer(), Action.PROPOSE, corrected)
    if walk.plan.scene == Scene.CORRECTION_PROPOSED:
        return
    walk.office(1)
    (seq,) = project(report_selectors.events_of(walk.report_id)).proposed
    walk.act(walk.admin(), Action.REFUSE_PROPOSAL, Move(refers_to=seq, text=phrases.STAYS_A_COMPLAINT))
    walk.office(walk.rng.randrange(2, 6))
    player.answer(walk)
    player.react(walk)


def _identity_asked(walk: Walk) -> None:
    """One admin asks to open the identity of an anonymous reporter; the other has not said yes or no yet."""
    _begin(walk)
    walk.office(walk.rng.choice(_SHORT))
    asked = Move(proposes=Action.OPEN_IDENTITY, text=phrases.WHY_OPEN)
    walk.act(walk.admin(seat=1), Action.PROPOSE, asked)


def _handed_over(walk: Walk) -> None:
    """The law's own date passed without an answer: the reporter hands it over, and the Ombudsman takes the file."""
    _begin(walk)
    if walk.chance(0.5):
        player.follow_up(walk)
    walk.home(*_LAW_DAYS)
    consent = tuple(part for part in Part if part not in {Part.NAME, Part.CONTACT} or walk.chance(0.7))
    walk.act(Reporter(walk.report_id), Action.ESCALATE_OMBUDSMAN, Move(consent=consent))
    walk.office(walk.rng.randrange(1, 4))
    if walk.chance(0.5):
        taken = handovers.build(
            actor=walk.stage.offices.ombudsman(),
            number=walk.plan.number,
            now=walk.now,
            read_file=walk.stage.album.read,
        )
        taken.close()
    elif walk.chance(0.3):
        walk.home(0.5, 4)
        walk.act(Reporter(walk.report_id), Action.WITHDRAW_CONSENT)


def _redacted(walk: Walk) -> None:
    """A neighbour reads of himself on the public page, and the admin hides the words that point at him."""
    _begin(walk)
    player.follow_up(walk)
    walk.office(walk.rng.randrange(1, 4))
    pointing = _LONG_WORD.findall(walk.said["body"])[-1]
    hidden = Move(hidden_words=(pointing,), hiding_ground=walk.rng.choice(_GROUNDS))
    walk.act(walk.admin(), Action.REDACT, hidden)
    if walk.chance(0.7):
        walk.office(walk.rng.randrange(1, 5))
        player.answer(walk)
        player.react(walk)


def _archived_later(walk: Walk) -> None:
    """The unit finds that this was answered to the same reporter before: only the stub stays public."""
    _begin(walk)
    walk.office(walk.rng.randrange(1, 4))
    reason = ArchiveReason.ALREADY_ANSWERED
    said = walk.facts.fill(walk.rng.choice(ARCHIVES[reason]))
    walk.act(walk.admin(), Action.ARCHIVE, Move(text=said, archive_reason=reason))


_SCENES: Final[dict[Scene, Callable[[Walk], None]]] = {
    Scene.MEMO_SUBMITTED: _memo,
    Scene.MEMO_CHECKED: _memo,
    Scene.MEMO_RETURNED: _memo,
    Scene.MEMO_HELD: _memo,
    Scene.FORMAL_NEW: _formal,
    Scene.FORMAL_LONGER: _formal,
    Scene.FORMAL_ANSWERED: _formal,
    Scene.FORMAL_OBJECTED: _formal,
    Scene.TIME_ASKED: _more_time,
    Scene.TIME_GRANTED: _more_time,
    Scene.TIME_REFUSED: _more_time,
    Scene.SUPPORTED: _supported,
    Scene.DIVIDED: _divided,
    Scene.TOGETHER: _together,
    Scene.WRITTEN_TO: _written_to,
    Scene.HANDED_OVER: _handed_over,
    Scene.CORRECTION_PROPOSED: _proposed,
    Scene.CORRECTION_REFUSED: _proposed,
    Scene.IDENTITY_ASKED: _identity_asked,
    Scene.REDACTED: _redacted,
    Scene.ARCHIVED_LATER: _archived_later,
}
