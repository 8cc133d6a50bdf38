"""Agencies hand a report to each other, and nobody plays ping-pong with a citizen (T7; REQ-10, 12, 13, 17)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tanggap.domain import queues
from tanggap.domain.actors import Reporter
from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move
from tanggap.domain.notices import Audience
from tanggap.domain.reasons import Reason
from tanggap.models import Deadline, Message, Publication
from tanggap.selectors import queues as lists
from tanggap.selectors import recipients
from tanggap.selectors import reports as selectors
from tanggap.selectors.reports import NotFoundError
from tanggap.services import audit, closing, reports
from tests import make

pytestmark = pytest.mark.django_db

HERE, LEBAK, SERANG, CILEGON = "pemprov-banten", "kab-lebak", "kab-serang", "kota-cilegon"


def offer(report, *, to, by=HERE, now=make.NOW):
    move = replace(make.SAYING, text="Jalan ini jalan kabupaten, bukan jalan provinsi.", agency_id=make.agency(to).pk)
    return reports.act(actor=make.agency_admin(by), number=report.number, action=Action.TRANSFER, move=move, now=now)


def accept(report, *, by, now=make.NOW, **values):
    return reports.act(
        actor=make.agency_admin(by), number=report.number, action=Action.ACCEPT_TRANSFER, move=Move(**values), now=now
    )


def refuse(report, *, by, suggesting=SERANG, now=make.NOW):
    move = replace(
        make.SAYING, text="Jalan ini bukan jalan kabupaten kami.", suggested_agency_id=make.agency(suggesting).pk
    )
    return reports.act(
        actor=make.agency_admin(by), number=report.number, action=Action.REFUSE_TRANSFER, move=move, now=now
    )


def decide(report, *, to, now=make.NOW):
    move = replace(make.SAYING, text="Menurut peta jalan, ini kewenangan kabupaten.", agency_id=make.agency(to).pk)
    return reports.act(
        actor=make.national_admin(), number=report.number, action=Action.DECIDE_OWNER, move=move, now=now
    )


def refused(why, act, *args, **values):
    with pytest.raises(reports.NotAllowedError) as caught:
        act(*args, **values)
    assert caught.value.reason == why


def clock(report, name):
    return Deadline.objects.filter(report=report, clock=name.value).order_by("-run").first()


def listed(viewer, queue):
    return [row.number for row in lists.list_(viewer=viewer, filters=lists.Filters(queue=queue)).rows]


def test_a_report_stays_with_its_owner_until_the_other_agency_takes_it():
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    assert report.owner_agency.slug == HERE
    assert report.offered_agency.slug == LEBAK
    taken = accept(report, by=LEBAK, now=make.NOW + timedelta(hours=2))
    assert (taken.owner_agency.slug, taken.offered_agency, taken.owner_unit) == (LEBAK, None, None)
    assert taken.status == Status.ASSIGNED
    assert taken.number == report.number


def test_the_clock_of_the_answer_never_restarts_and_each_hop_has_its_own():
    report = make.report(status=Status.ASSIGNED)
    due = clock(report, Clock.RESOLVE).due_at
    offer(report, to=LEBAK, now=make.NOW + make.DAY)
    hop = clock(report, Clock.HOP)
    assert (hop.count, hop.unit, hop.stopped_at) == (1, "wd", None)
    taken = accept(report, by=LEBAK, now=make.NOW + make.DAY + timedelta(hours=3))
    assert clock(report, Clock.RESOLVE).due_at == due
    assert clock(report, Clock.HOP).stopped_at is not None
    assert taken.due_clock not in {"", Clock.HOP.value}
    offer(taken, to=SERANG, by=LEBAK, now=make.NOW + 2 * make.DAY)
    assert clock(report, Clock.HOP).run == 2


def test_the_owner_is_never_late_because_another_agency_does_not_answer():
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    assert report.due_clock != Clock.HOP.value


def test_who_is_offered_a_report_reads_it_and_who_handed_it_on_reads_on():
    report = make.report(status=Status.ASSIGNED)
    lebak, serang, banten = (make.agency_admin(slug) for slug in (LEBAK, SERANG, HERE))
    with pytest.raises(NotFoundError):
        selectors.get(viewer=lebak, number=report.number)
    offer(report, to=LEBAK)
    assert selectors.get(viewer=lebak, number=report.number).pk == report.pk
    assert listed(lebak, queues.OFFERED) == [report.number]
    assert listed(lebak, queues.OWN) == []
    accept(report, by=LEBAK)
    assert selectors.get(viewer=banten, number=report.number).pk == report.pk
    assert listed(banten, queues.FORMER) == [report.number]
    assert listed(banten, queues.OWN) == []
    with pytest.raises(NotFoundError):
        selectors.get(viewer=serang, number=report.number)


def test_who_handed_it_on_acts_no_more_and_sees_no_identity():
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    accept(report, by=LEBAK)
    for action in (Action.ANSWER, Action.RETURN, Action.ARCHIVE, Action.OPEN_IDENTITY):
        refused(Reason.OTHER_AGENCY, make.act, report, action, actor=make.agency_admin(HERE), text="Mohon maaf, ini.")


def test_only_the_agency_that_is_offered_it_takes_or_refuses():
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    with pytest.raises(NotFoundError):
        accept(report, by=SERANG)
    refused(Reason.OTHER_AGENCY, accept, report, by=HERE)


def test_an_agency_that_refused_can_know_of_it_no_more():
    report = refuse(offer(make.report(status=Status.ASSIGNED), to=LEBAK), by=LEBAK)
    assert report.owner_agency.slug == HERE
    with pytest.raises(NotFoundError):
        selectors.get(viewer=make.agency_admin(LEBAK), number=report.number)


def test_a_refusal_needs_a_ground_and_a_proposed_owner():
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    values = {"actor": make.agency_admin(LEBAK), "number": report.number, "now": make.NOW}
    refused(Reason.MISSING_SUGGESTION, reports.act, action=Action.REFUSE_TRANSFER, move=make.SAYING, **values)
    ground = Move(suggested_agency_id=make.agency(SERANG).pk, checks_answered=True)
    refused(Reason.MISSING_TEXT, reports.act, action=Action.REFUSE_TRANSFER, move=ground, **values)


@pytest.mark.parametrize(("to", "why"), [(HERE, Reason.TO_ONESELF), (LEBAK, Reason.IN_A_CIRCLE)])
def test_nothing_goes_to_oneself_or_in_a_circle(to, why):
    report = refuse(offer(make.report(status=Status.ASSIGNED), to=LEBAK), by=LEBAK)
    refused(why, offer, report, to=to)


def test_what_was_taken_does_not_go_back_to_who_had_it():
    report = accept(offer(make.report(status=Status.ASSIGNED), to=LEBAK), by=LEBAK)
    refused(Reason.IN_A_CIRCLE, offer, report, to=HERE, by=LEBAK)


def test_one_offer_runs_at_a_time():
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    refused(Reason.OFFER_RUNS, offer, report, to=SERANG)


def test_the_second_refusal_asks_the_next_tier_which_decides():
    report = refuse(offer(make.report(status=Status.ASSIGNED), to=LEBAK), by=LEBAK)
    assert not report.is_disputed
    report = refuse(offer(report, to=SERANG), by=SERANG, suggesting=CILEGON)
    assert report.is_disputed
    assert [event.kind for event in selectors.events_of(report.pk)][-2:] == ["refuse_transfer", "dispute"]
    assert listed(make.national_admin(), queues.DISPUTED) == [report.number]
    refused(Reason.IS_DISPUTED, offer, report, to=CILEGON)
    decided = decide(report, to=LEBAK)
    assert (decided.owner_agency.slug, decided.is_disputed) == (LEBAK, False)
    refused(Reason.OWNER_DECIDED, offer, decided, to=CILEGON, by=LEBAK)


def test_the_arbiter_may_say_that_it_was_right_where_it_is():
    report = refuse(offer(make.report(status=Status.ASSIGNED), to=LEBAK), by=LEBAK)
    refused(Reason.TO_ONESELF, decide, report, to=HERE)
    report = refuse(offer(report, to=SERANG), by=SERANG, suggesting=CILEGON)
    assert decide(report, to=HERE).owner_agency.slug == HERE


def test_the_next_tier_moves_a_report_in_the_open_alone_and_who_had_it_reads_on():
    report, national = make.report(status=Status.ASSIGNED), make.national_admin()
    there = Move(text="Pindah.", agency_id=make.agency(LEBAK).pk)
    act = {"actor": national, "number": report.number, "now": make.NOW}
    refused(Reason.NOT_YOUR_ROLE, reports.act, action=Action.ASSIGN_TO_UNIT, move=there, **act)
    assert decide(report, to=LEBAK).former_agency_ids == [make.agency(HERE).pk]


def test_after_two_hops_the_third_goes_to_the_next_tier():
    report = accept(offer(make.report(status=Status.ASSIGNED), to=LEBAK), by=LEBAK)
    report = accept(offer(report, to=SERANG, by=LEBAK), by=SERANG)
    report = offer(report, to=CILEGON, by=SERANG)
    assert report.is_disputed
    assert report.offered_agency is None
    assert report.owner_agency.slug == SERANG


def test_who_says_neither_yes_nor_no_in_a_working_day_is_asked_no_more():
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    assert closing.ask_arbiter(now=make.NOW + timedelta(hours=5)) == 0
    assert closing.ask_arbiter(now=make.NOW + 2 * make.DAY) == 1
    assert closing.ask_arbiter(now=make.NOW + 2 * make.DAY) == 0
    report.refresh_from_db()
    assert report.is_disputed
    assert clock(report, Clock.ARBITRATION).stopped_at is None
    with pytest.raises(NotFoundError):
        accept(report, by=LEBAK)


def test_an_owner_who_answers_after_all_ends_the_offer():
    report = make.report(status=Status.ASSIGNED)
    offer(report, to=LEBAK)
    answered = make.act(report, Action.ANSWER, actor=make.agency_admin(HERE))
    assert answered.offered_agency is None
    assert clock(report, Clock.HOP).stopped_at is not None


def test_everybody_who_must_know_is_told():
    report = make.report(status=Status.ASSIGNED)
    lebak, national = make.agency_admin(LEBAK), make.national_admin()
    report = offer(report, to=LEBAK)
    on = make.NOW.date()
    assert recipients.officers(report, Audience.RECEIVER, on=on) == [lebak.user_id]
    assert national.user_id in recipients.officers(report, Audience.ARBITERS, on=on)
    notices = list(Message.objects.filter(report=report).order_by("pk").values_list("notice", flat=True))
    assert notices[-1] == "transfer_offered"
    accept(report, by=LEBAK)
    assert set(Message.objects.filter(report=report).order_by("-pk").values_list("notice", flat=True)[:2]) == {
        "assigned",
        "new_work",
    }


def test_the_public_reads_where_it_goes_and_the_audit_finds_everything_in_order():
    report = make.report(status=Status.ASSIGNED)
    offer(report, to=LEBAK)
    accept(report, by=LEBAK, unit_id=None)
    publication = Publication.objects.get(report=report)
    told = [entry for entry in publication.timeline if entry["kind"] == "transfer"]
    assert told[0]["offer"] == make.agency(LEBAK).pk
    assert told[0]["text"].startswith("Jalan ini jalan kabupaten")
    assert publication.agency.slug == LEBAK
    audit.audit(now=make.NOW)


def test_a_late_report_is_nudged_and_no_other():
    report = make.report(status=Status.ASSIGNED)
    values = {"number": report.number, "action": Action.NUDGE, "actor": make.national_admin()}
    refused(Reason.NOT_LATE, reports.act, now=make.NOW, move=Move(text="Mohon segera dijawab."), **values)
    reports.act(now=make.NOW + 30 * make.DAY, move=Move(text="Mohon segera dijawab."), **values)
    assert Message.objects.filter(report=report, notice="nudged").exists()
    assert "nudge" not in {entry["kind"] for entry in Publication.objects.get(report=report).timeline}


def test_the_reporter_reads_the_road_and_keeps_one_number():
    report = make.report(status=Status.ASSIGNED)
    offer(report, to=LEBAK)
    accept(report, by=LEBAK)
    own = selectors.own(viewer=Reporter(report.pk))
    assert (own.number, own.owner_agency.slug) == (report.number, LEBAK)
