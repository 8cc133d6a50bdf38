"""Plays one report through the real services with a simulated clock, from the first word to the last.

A report is played whole, in one transaction: whoever looks at the site meanwhile sees each report as it stands
at the end, no job meets one that is half lived, and a run that was stopped goes on with the next report.
"""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from tanggap.domain.actors import Reporter, System
from tanggap.domain.field_claims import field_work
from tanggap.domain.intake import Classification, Urgency
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import ARCHIVE_RULES, NEEDS_DATE, NEEDS_EVIDENCE, ArchiveReason, Outcome, Solved
from tanggap.domain.reasons import Reason
from tanggap.management.demo import corpus, profile
from tanggap.management.demo import corpus_phrases as phrases
from tanggap.management.demo.corpus import Topic
from tanggap.management.demo.offices import AUDITORS, NATIONAL, PROVINCE
from tanggap.management.demo.profile import ZONE
from tanggap.management.demo.steps import OverError, Walk, spans
from tanggap.management.demo.stories import Road, Sent, mistaken
from tanggap.services import reminders
from tanggap.services.reports import NotAllowedError

# Working days from the receipt to the verification; three are allowed, 48 hours in one regency.
_VERIFY_DAYS: Final = ((0, 38), (1, 34), (2, 13), (3, 5), (4, 3), (5, 3), (7, 3), (9, 1))
_VERIFY_DAYS_QUICK: Final = ((0, 62), (1, 30), (2, 3), (3, 3), (5, 2))
_QUICK: Final = "kab-tangerang"
_OUTCOMES: Final = (
    (Outcome.FIXED, 30),
    (Outcome.EXPLAINED, 26),
    (Outcome.SCHEDULED, 14),
    (Outcome.BUDGET_NEEDED, 7),
    (Outcome.REJECTED_WITH_REASON, 5),
    (Outcome.TRANSFERRED_OUTSIDE, 3),
)
_OUTCOMES_OF: Final = {
    Classification.INFORMATION_REQUEST: ((Outcome.INFORMATION_GIVEN, 93), (Outcome.REJECTED_WITH_REASON, 7)),
    Classification.ASPIRATION: ((Outcome.ASPIRATION_NOTED, 70), (Outcome.ASPIRATION_ADOPTED, 30)),
}
_AUDITED: Final = ((Outcome.PROVEN_SANCTIONED, 32), (Outcome.NOT_PROVEN, 43), (Outcome.EXPLAINED, 25))
# How content people are: stars and 'solved', each as often as its weight says.
_CONTENT: Final = (((5, Solved.YES), 45), ((4, Solved.YES), 30), ((4, Solved.PARTLY), 15), ((3, Solved.PARTLY), 10))
_MIDDLING: Final = (((4, Solved.PARTLY), 25), ((3, Solved.PARTLY), 35), ((3, Solved.NO), 20), ((2, Solved.NO), 20))
_SOUR: Final = (((1, Solved.NO), 45), ((2, Solved.NO), 35), ((3, Solved.PARTLY), 20))
_GOOD: Final = frozenset(
    {Outcome.FIXED, Outcome.INFORMATION_GIVEN, Outcome.ASPIRATION_ADOPTED, Outcome.PROVEN_SANCTIONED}
)
_LATE_SHARE: Final = 0.15
# Working days for an answer: in time, and late.
_PACE: Final = {True: ((12, 60), (61, 85)), False: ((1, 14), (15, 38))}
_PACE_SHORT: Final = ((0, 5), (6, 16))


def play(walk: Walk, live: Callable[[Walk], None] | None = None) -> None:
    """Play everything that happens to a report before the end: the main road, or `live`."""
    walk.submit()
    try:
        (live or _live)(walk)
    except OverError:
        pass
    except NotAllowedError as error:
        # The rules have changed since the story was written: it ends here, as it stands.
        walk.refused = error.reason.value
    for each in (walk, *walk.beside):
        if each.report is None or each.report.due_at is not None:
            # What is told about a clock by now was told: the worker finds nothing to make up for.
            reminders.remind_report(each.report_id, now=walk.stage.clockwork.last_office_moment())


def _live(walk: Walk) -> None:
    plan = walk.plan
    walk.stop_at("unverified")
    if walk.chance(0.005):
        raise OverError  # nobody ever looks at it
    if walk.chance(0.03):
        walk.write(Action.ADD_INFORMATION, walk.facts.fill(walk.rng.choice(phrases.ADDITIONS)), (0.02, 0.4))
    if plan.road == Road.WITHDRAWN and walk.chance(0.5):
        _withdraw(walk)
    if plan.sent == Sent.WRONG:
        _return_to_national(walk)
    if plan.asks_data and (plan.road != Road.ANSWERED or walk.chance(0.5)):
        _ask_data(walk)
    if plan.road == Road.ARCHIVED:
        _archive(walk)
    verify(walk)
    _handle(walk)
    react(walk)


# Before it is assigned


def _withdraw(walk: Walk) -> None:
    walk.home(0.5, 6)
    walk.act(Reporter(walk.report_id), Action.WITHDRAW, Move(text=walk.rng.choice(phrases.WITHDRAWALS)))
    raise OverError


def _return_to_national(walk: Walk) -> None:
    """The agency that was asked has nothing to do with it: back to the national queue, with a suggestion."""
    walk.office(profile.choose(walk.rng, ((0, 45), (1, 40), (2, 10), (4, 5))))
    right = walk.stage.offices.agency_name(walk.plan.agency)
    text = walk.facts.fill(walk.rng.choice(phrases.RETURNS), usul=right)
    walk.say(Action.RETURN, text, suggested_agency_id=walk.stage.offices.agency_id(walk.plan.agency))
    walk.owner = NATIONAL
    walk.stop_at("returned")


def _ask_data(walk: Walk) -> None:
    """Ask the reporter; what is not supplied in thirty days is deemed withdrawn after two reminders."""
    if walk.has_asked:
        return
    walk.has_asked = True
    walk.office(profile.choose(walk.rng, ((0, 40), (1, 40), (2, 20))))
    walk.say(Action.REQUEST_DATA, corpus.question(walk.rng, walk.plan.topic, walk.facts))
    walk.stop_at("pending")
    if walk.plan.road == Road.LAPSED:
        _lapse(walk)
    is_poor = walk.plan.road == Road.ARCHIVED
    choices = phrases.SUPPLIED_POORLY if is_poor else phrases.SUPPLIED
    walk.write(Action.SUPPLY_DATA, walk.facts.fill(walk.rng.choice(choices)), (0.3, 12))


def _lapse(walk: Walk) -> None:
    asked = walk.now
    due = walk.report.due_at if walk.report else None
    for days in (16, 26, 31, 33, 36):
        moment = walk.stage.clockwork.office(walk.rng, asked + timedelta(days=days), 0)
        walk.wait(moment)
        reminders.remind_report(walk.report_id, now=walk.now)
        if due is not None and walk.now > due:
            with contextlib.suppress(NotAllowedError):
                walk.act(System(), Action.DATA_DEADLINE_PASSED)
                raise OverError
    raise OverError


def _archive(walk: Walk) -> None:
    """Archive with a reason; some reporters object, and another admin decides."""
    reason = walk.plan.archive_reason
    text = walk.facts.fill(walk.rng.choice(phrases.ARCHIVES[reason]))
    walk.office(profile.choose(walk.rng, _VERIFY_DAYS))
    if ARCHIVE_RULES[reason].needs_second_officer:
        walk.act(walk.admin(), Action.PROPOSE_ARCHIVE, Move(text=text, archive_reason=reason))
        walk.stop_at("proposed")
        walk.office(walk.rng.randrange(0, 2))
        walk.act(walk.admin(seat=1), Action.ARCHIVE, Move(text=text, archive_reason=reason))
    else:
        walk.act(walk.admin(), Action.ARCHIVE, Move(text=text, archive_reason=reason))
    wants = walk.plan.stops_at == "appealed" or (ARCHIVE_RULES[reason].may_appeal and walk.chance(0.18))
    if not wants or reason == ArchiveReason.HOAX_SPAM:
        raise OverError
    walk.home(0.5, 8)
    walk.act(Reporter(walk.report_id), Action.APPEAL, Move(text=walk.facts.fill(walk.rng.choice(phrases.APPEALS))))
    walk.stop_at("appealed")
    walk.office(walk.rng.randrange(1, 4))
    if walk.chance(0.45):
        walk.act(walk.admin(seat=1), Action.ARCHIVE, Move(text=text, archive_reason=reason))
        raise OverError
    assign(walk, seat=1)
    _handle(walk)
    react(walk)
    raise OverError


def verify(walk: Walk) -> None:
    """Verify and assign; now and then to the wrong unit, which gives it back."""
    days = _VERIFY_DAYS_QUICK if walk.owner == _QUICK or walk.plan.stops_at else _VERIFY_DAYS
    walk.office(profile.choose(walk.rng, days))
    unit = walk.plan.desk.unit
    is_returned = walk.plan.stops_at == "returned" or (not walk.plan.stops_at and walk.chance(0.045))
    if unit and walk.owner == walk.plan.agency and unit != AUDITORS and is_returned:
        assign(walk, unit=mistaken(unit))
        walk.office(walk.rng.randrange(0, 3))
        walk.say(Action.RETURN_TO_ADMIN, walk.rng.choice(phrases.UNIT_RETURNS))
        walk.unit = ""
        walk.stop_at("returned")
        walk.office(walk.rng.randrange(0, 3))
        _hand_on(walk)
        return
    assign(walk)


def assign(walk: Walk, *, unit: str | None = None, seat: int = 0, urgency: Urgency | None = None) -> None:
    """Verify as an admin does, and give it to the unit that handles it; `urgency` where the admin sees some."""
    plan, topic, offices = walk.plan, walk.plan.topic, walk.stage.offices
    unit = plan.desk.unit if unit is None else unit
    target = plan.agency
    named = (offices.unit_id(PROVINCE, topic.named),) if topic.named and target == PROVINCE else ()
    is_hidden = topic.is_supervisory and (plan.is_confidential or walk.chance(0.6))
    admin = walk.admin(seat=seat)
    by_national = walk.owner == NATIONAL
    move = Move(
        text=walk.rng.choice(phrases.NOTES),
        title=walk.said["title"],
        category_code=topic.category,
        classification=topic.classification,
        supervisory=topic.is_supervisory if topic.classification == Classification.COMPLAINT else None,
        urgency=urgency,
        agency_id=offices.agency_id(target) if by_national else None,
        unit_id=offices.unit_id(target, unit) if unit and not by_national else None,
        named_units=named,
        is_confidential=True if is_hidden and not plan.is_confidential else None,
        masked={name: spans(text) for name, text in walk.said.items()},
        checks_answered=True,
    )
    is_own = not unit and not by_national
    walk.act(admin, Action.MANAGE_SELF if is_own else Action.VERIFY_AND_ASSIGN, move)
    walk.owner = target
    if by_national and unit:
        walk.office(profile.choose(walk.rng, ((0, 70), (1, 20), (2, 10))))
        _hand_on(walk)
    walk.unit = unit


def _hand_on(walk: Walk) -> None:
    """Give a report that the agency has to the right unit."""
    plan = walk.plan
    unit_id = walk.stage.offices.unit_id(plan.agency, plan.desk.unit)
    walk.act(walk.admin(), Action.ASSIGN_TO_UNIT, Move(text=walk.rng.choice(phrases.NOTES), unit_id=unit_id))
    walk.unit = plan.desk.unit


# With the office


def _handle(walk: Walk) -> None:
    """Follow up and answer, most in time."""
    if walk.plan.road == Road.WITHDRAWN:
        _withdraw(walk)
    walk.stop_at("assigned")
    if not walk.plan.stops_at and walk.chance(0.015):
        raise OverError  # left lying for good
    if walk.unit and walk.chance(0.4):
        walk.office(walk.rng.randrange(0, 2))
        walk.act(walk.officer(), Action.ACCEPT_ASSIGNMENT)
    if walk.chance(0.015):
        walk.home(0.2, 3)
        walk.act(Reporter(walk.report_id), Action.SET_VISIBILITY, Move(is_confidential=True))
    if walk.plan.asks_data:
        _ask_data(walk)
    total = _pace(walk)
    spent = 0
    if walk.held or walk.chance(0.72) or walk.plan.stops_at == "in_progress":
        spent = min(total, walk.rng.randrange(0, 5))
        walk.office(spent)
        _look(walk)
        follow_up(walk)
    walk.stop_at("in_progress")
    while total - spent > 9 and walk.chance(0.6):
        more = walk.rng.randrange(4, 9)
        spent += more
        walk.office(more)
        follow_up(walk)
    walk.office(total - spent)
    answer(walk)
    walk.stop_at("answered")


def _look(walk: Walk) -> None:
    """Read what the reporter added; now and then look who it is, with a reason that the reporter sees."""
    walk.confirm_held()
    is_hidden = walk.report is not None and (walk.report.is_anonymous or walk.report.is_confidential)
    if not is_hidden and walk.chance(0.04):
        walk.act(walk.officer(), Action.OPEN_IDENTITY, Move(text=walk.rng.choice(phrases.IDENTITY_REASONS)))


def _pace(walk: Walk) -> int:
    """Draw the working days until the answer."""
    topic = walk.plan.topic
    if topic.classification == Classification.COMPLAINT:
        in_time, late = _PACE[topic.is_supervisory]
    else:
        in_time, late = _PACE_SHORT
    first, last = late if walk.chance(_LATE_SHARE) else in_time
    return round(walk.rng.triangular(first, last, first + (last - first) * 0.35))


def follow_up(walk: Walk) -> None:
    """Say what the office is doing."""
    walk.say(Action.FOLLOW_UP, corpus.step(walk.rng, _told(walk), walk.facts, at=walk.now))


def answer(walk: Walk) -> None:
    """Answer; somebody who wrote again gets an answer to that."""
    said = written(walk)
    walk.say(Action.ANSWER, said.text, outcome=said.outcome, outcome_on=said.outcome_on, files=said.files)
    walk.outcome, walk.promised, walk.has_answer = said.outcome or walk.outcome, said.outcome_on, True


def written(walk: Walk) -> Move:
    """Return the answer that the office writes: text, outcome, day and pictures."""
    outcome = _second_outcome(walk) if walk.has_answer else _outcome(walk)
    promised: date | None = None
    if outcome in NEEDS_DATE:
        promised = walk.now.astimezone(ZONE).date() + timedelta(days=walk.rng.randrange(14, 75))
    if walk.has_answer:
        text = corpus.second_answer(walk.rng, walk.facts, outcome, at=walk.now, promised=promised)
    else:
        text = corpus.answer(walk.rng, _told(walk), walk.facts, outcome, at=walk.now, promised=promised)
    files = walk.pictures(is_after=True) if outcome in NEEDS_EVIDENCE or field_work(text) else ()
    return Move(text=text, outcome=outcome, outcome_on=promised, files=files)


def _second_outcome(walk: Walk) -> Outcome:
    """An answer to a reply keeps its kind where there are words for it, or becomes more than an explanation."""
    if walk.plan.topic.classification != Classification.COMPLAINT or walk.plan.topic.is_supervisory:
        return walk.outcome if walk.outcome in phrases.SECOND_ANSWERS else Outcome.EXPLAINED
    return profile.choose(walk.rng, ((Outcome.FIXED, 45), (Outcome.EXPLAINED, 30), (Outcome.SCHEDULED, 25)))


def _told(walk: Walk) -> Topic:
    """Return the topic as the office answers to it; what strays from every topic gets general words."""
    if walk.plan.road == Road.ARCHIVED and walk.plan.archive_reason in phrases.STRAY:
        return replace(walk.plan.topic, answers={}, steps=(), scene="loket")
    return walk.plan.topic


def _outcome(walk: Walk) -> Outcome:
    topic = _told(walk)
    if not topic.answers and topic.classification == Classification.COMPLAINT:
        return walk.rng.choice((Outcome.EXPLAINED, Outcome.TRANSFERRED_OUTSIDE))
    usual = _AUDITED if topic.is_supervisory else _OUTCOMES_OF.get(topic.classification, _OUTCOMES)
    # What a topic has words of its own for is what usually becomes of it.
    return profile.choose(walk.rng, [(o, weight * (4 if o in topic.answers else 1)) for o, weight in usual])


# After the answer


def react(walk: Walk) -> None:
    """Let the reporter say what it was worth, or say nothing; then it ends."""
    if walk.plan.stops_at == "replied" or walk.chance(0.13):
        walk.write(Action.REPORTER_REPLY, walk.facts.fill(walk.rng.choice(phrases.REPLIES)), (0.3, 7))
        walk.stop_at("replied")
        walk.office(profile.choose(walk.rng, ((1, 30), (2, 30), (4, 28), (8, 12))))
        walk.confirm_held()
        answer(walk)
    share = walk.rng.random()
    if share < 0.25:
        walk.home(0.2, 8)
        stars, solved = _verdict(walk)
        rating = {"rating": stars, "solved": solved} if walk.chance(0.7) else {}
        move = Move(text=walk.rng.choice(phrases.CONFIRMATIONS), **rating)  # type: ignore[arg-type]
        walk.act(Reporter(walk.report_id), Action.CONFIRM_DONE, move)
    elif share < 0.29:
        walk.office(walk.rng.randrange(3, 9))
        _close_by_hand(walk)
    else:
        due = walk.report.due_at if walk.report else None
        walk.wait((due or walk.now) + timedelta(minutes=walk.rng.randrange(1, 6)))
        walk.act(System(), Action.AUTO_CLOSE)
    _afterwards(walk)


def _close_by_hand(walk: Walk) -> None:
    text = "Penanganan selesai dan tidak ada tanggapan lagi, laporan kami tutup."
    move = Move(
        text=text, outcome=walk.outcome, outcome_on=walk.promised, masked={"text": spans(text)}, checks_answered=True
    )
    walk.act(walk.admin(), Action.CLOSE_MANUAL, move)


def _afterwards(walk: Walk) -> None:
    """Let some rate what was closed without them, and some have it opened again."""
    is_rated = walk.report is not None and walk.report.rating is not None
    if walk.chance(0.05) and walk.reopenings == 0:
        walk.reopenings += 1
        walk.write(Action.REOPEN, walk.facts.fill(walk.rng.choice(phrases.REOPENINGS)), (1, 25))
        walk.office(profile.choose(walk.rng, ((1, 30), (3, 40), (5, 18), (9, 12))))
        walk.confirm_held()
        answer(walk)
        react(walk)
    elif not is_rated and walk.chance(0.32):
        stars, solved = _verdict(walk)
        walk.home(0.5, 28)
        try:
            walk.act(Reporter(walk.report_id), Action.RATE, Move(rating=stars, solved=solved))
        except NotAllowedError as error:
            if error.reason != Reason.WINDOW_CLOSED:
                raise


def _verdict(walk: Walk) -> tuple[int, Solved]:
    is_good, is_slow = walk.outcome in _GOOD, (walk.now - walk.plan.at).days > 30
    if is_good and not is_slow:
        return profile.choose(walk.rng, _CONTENT)
    if walk.outcome == Outcome.REJECTED_WITH_REASON or (is_slow and not is_good):
        return profile.choose(walk.rng, _SOUR)
    return profile.choose(walk.rng, _MIDDLING)
