"""What stays late climbs, step by step, to somebody who is there; and is silent once it is answered."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tanggap.domain.actors import System
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Audience
from tanggap.models import Appointment, Deadline, Event, Message, Report, Unit
from tanggap.selectors import recipients, workload
from tanggap.selectors.ladder import Landscape
from tanggap.services import accounts, audit, digests, duty, escalation, handing_over, reminders, reports
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


def at(day, hour=8, minute=5, month=7):
    """Return a moment of 2020 in WIB."""
    return datetime(2020, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def run(first, last, *, month=7, hour=8):
    """Let the job run every morning of some days."""
    return [escalation.escalate(now=at(day, hour, month=month)) for day in range(first, last + 1)]


def climbed(report, clock="resolve"):
    """Return the steps of a clock: on which day, which level, who, and what was passed over."""
    found = []
    for event in Event.objects.filter(report=report, kind="escalate").order_by("seq"):
        step = event.data["escalation"]
        if step["clock"] == clock:
            found.append((event.acted_at.date().day, step["rung"], step["people"], step["skipped"]))
    return found


def told(report):
    rows = Message.objects.filter(report=report, notice="overdue").order_by("pk")
    return [(row.user_id, row.clock, row.state, row.reason) for row in rows]


def only(*actors):
    """Let nobody else be in office."""
    Appointment.objects.exclude(user_id__in=[actor.user_id for actor in actors]).update(valid_to=date(2019, 1, 1))


def test_a_report_that_nobody_verifies_climbs_from_the_admin_to_the_next_tier():
    report = make.submit(destination_id=make.agency("kab-tangerang").pk)
    admin, head = make.agency_admin("kab-tangerang"), make.head(agency_slug="kab-tangerang")
    province, national = make.regional_overseer(), make.national_admin()
    only(admin, head, province, national)
    run(1, 31)
    assert climbed(report, "verify") == [
        (7, "admin", [admin.user_id], {}),
        (8, "head", [head.user_id], {}),
        (10, "province", [province.user_id], {}),
        (10, "national", [national.user_id], {}),
    ]
    assert [row[2:] for row in told(report) if row[1] == "verify"][:2] == [("queued", ""), ("skipped", "in_digest")]


def test_a_step_that_leaves_nobody_to_decide_lifts_the_report_and_no_further_step_of_that_clock_is_taken():
    agency = "kab-tangerang"
    report = make.submit(destination_id=make.agency(agency).pk, event_date=date(2020, 6, 1))
    named, admin, province = make.agency_admin(agency), make.agency_admin(agency), make.regional_overseer()
    unit, people = make.unit("disdik", agency).pk, (named.user_id,)
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=admin, unit_id=unit, named_users=people)
    make.act(report, Action.ARCHIVE, actor=admin)
    make.act(report, Action.APPEAL)
    only(named, admin, make.head(agency_slug=agency), province, make.national_admin())
    run(7, 9)
    Appointment.objects.filter(user_id=admin.user_id).update(valid_to=date(2020, 7, 9))
    run(10, 10)  # province and national admin would be told at the same time
    assert [step[:2] for step in climbed(report, "verify")] == [(7, "admin"), (8, "head"), (10, "province")]
    assert Event.objects.filter(report=report).latest("seq").kind == Action.LIFT
    audit.audit(now=at(10))


def test_a_late_answer_climbs_along_the_tree_once_and_stops_with_the_answer():
    report = make.report(status=Status.ASSIGNED)  # 14 working days from 1 July: due Tuesday 21 July
    ani, budi, admin, head = make.liaison(), make.liaison(), make.agency_admin(), make.head("dpupr")
    only(ani, budi, admin, head)
    make.act(report, Action.FOLLOW_UP, now=at(2), actor=ani)
    make.act(report, Action.TAKE, now=at(2), actor=ani)
    run(20, 22)
    assert climbed(report) == [(22, "officer", [ani.user_id], {})]
    assert run(22, 22, hour=9) == [0]
    run(23, 25)
    assert climbed(report)[1:] == [
        (23, "deputy", [budi.user_id], {}),
        (24, "admin", [admin.user_id], {}),
    ]
    make.act(report, Action.ANSWER, now=at(25, 10), actor=ani)
    run(26, 31)
    assert len(climbed(report)) == 3
    assert [row[2:] for row in told(report)] == [("queued", ""), ("skipped", "in_digest"), ("skipped", "in_digest")]
    assert audit.audit(now=at(31)).reports >= 1


def test_a_step_is_taken_in_few_statements_since_thousands_are_in_a_round(django_assert_max_num_queries):
    report = make.report(status=Status.ASSIGNED)
    ani, now = make.liaison(), at(22)
    make.act(report, Action.FOLLOW_UP, now=at(2), actor=ani)
    late, land = report.deadlines.get(clock="resolve"), Landscape(accounts.office_day(now))
    with django_assert_max_num_queries(13):
        assert escalation.escalate_clock(late.pk, land, now=now) > 0
    assert [step[:2] for step in climbed(report)] == [(22, "officer")]


def test_a_vacant_post_and_an_absent_person_are_passed_over_at_once_and_named():
    report = make.report(status=Status.ASSIGNED)
    ani, admin = make.liaison(), make.agency_admin()
    only(ani, admin)
    make.act(report, Action.FOLLOW_UP, now=at(2), actor=ani)
    duty.enter_absence(
        actor=ani, user_id=ani.user_id, first_day=date(2020, 7, 20), last_day=date(2020, 8, 20), now=at(3)
    )
    run(22, 22)
    assert climbed(report) == [(22, "admin", [admin.user_id], {"officer": "absent", "deputy": "no_deputy"})]


def test_a_deputy_is_told_for_an_absent_officer():
    report = make.report(status=Status.ASSIGNED)
    ani, admin = make.liaison(), make.agency_admin()
    only(ani, admin)
    make.act(report, Action.FOLLOW_UP, now=at(2), actor=ani)
    duty.enter_absence(
        actor=ani, user_id=ani.user_id, first_day=date(2020, 7, 20), last_day=date(2020, 8, 20),
        deputy_id=admin.user_id, now=at(3),
    )  # fmt: skip
    run(22, 24)
    assert climbed(report) == [(22, "deputy", [admin.user_id], {"officer": "absent"})]


def test_nobody_who_is_named_in_the_report_is_told_of_it():
    named, ani, admin = make.liaison(), make.liaison(), make.agency_admin()
    only(named, ani, admin)
    report = make.submit()
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=admin, named_users=(named.user_id,))
    make.act(report, Action.FOLLOW_UP, now=at(2), actor=ani)
    run(22, 31)
    people = {person for _day, _rung, told_, _skipped in climbed(report) for person in told_}
    assert people == {ani.user_id, admin.user_id}


def test_a_secret_report_is_no_business_of_the_province():
    report = make.submit(destination_id=make.agency("kab-tangerang").pk, is_anonymous=True, is_confidential=True)
    province, national = make.regional_overseer(), make.national_admin()
    only(province, national)
    run(6, 7)
    assert climbed(report, "verify") == [
        (7, "national", [national.user_id], {"admin": "vacant", "head": "vacant", "province": "may_not_read"})
    ]


def test_nothing_is_told_while_offices_are_closed_and_nothing_twice():
    report = make.submit()
    only(make.agency_admin())
    closed = [at(6, 23), at(7, 7), at(7, 16), at(11, 10)]
    assert [escalation.escalate(now=now) for now in closed] == [0, 0, 0, 0]
    assert [escalation.escalate(now=at(13, 8)) for _ in range(3)] == [1, 0, 0]
    assert len(climbed(report, "verify")) == 1


def test_without_anybody_in_office_it_waits_for_somebody():
    report = make.submit()
    only()
    run(7, 9)
    assert climbed(report, "verify") == []
    admin = make.agency_admin()
    run(10, 10)
    assert climbed(report, "verify") == [(10, "admin", [admin.user_id], {})]


def test_a_late_supervisory_report_is_told_to_the_inspectorate_too():
    auditor, ani, admin = make.auditor(), make.liaison(), make.agency_admin()
    only(auditor, ani, admin)
    report = make.submit()
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=admin, supervisory=True)
    run(9, 9)
    assert climbed(report, "first_followup") == [(9, "officer", [ani.user_id, auditor.user_id], {})]


def test_the_round_is_bounded_and_goes_on_with_the_longest_waiting():
    for _ in range(3):
        make.submit()
    only(make.agency_admin())
    assert escalation.escalate(now=at(7), most=2) == 2
    assert escalation.escalate(now=at(7), most=2) == 1
    assert not Deadline.objects.filter(clock="verify", next_step_at__lte=at(7)).exists()


def test_one_digest_a_day_holds_what_came_up_for_whoever_owes_nothing_else():
    make.report(status=Status.ASSIGNED)
    national = make.national_admin()
    only(national)
    run(22, 22)
    late = make.submit(destination_id=make.agency("kab-tangerang").pk)
    escalation.escalate(now=at(23))
    Message.objects.filter(user_id=national.user_id).update(reason="in_digest", state="skipped")
    reminders.flag_overdue(now=at(23))
    assert workload.figures(viewer=national, now=at(23), zone="Asia/Jakarta").escalated == 2
    assert digests.digest(now=at(24, 7)) == 1
    assert digests.digest(now=at(24, 8)) == 0
    assert late.pk


def test_what_an_absent_person_works_on_goes_to_the_deputy_or_back_to_the_unit():
    report, other = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
    ani, budi, admin = make.liaison(), make.liaison(), make.agency_admin()
    for each, who in ((report, ani), (other, budi)):
        make.act(each, Action.TAKE, actor=who)
    duty.enter_absence(
        actor=ani, user_id=ani.user_id, first_day=date(2020, 7, 2), last_day=date(2020, 7, 5),
        deputy_id=admin.user_id, now=NOW,
    )  # fmt: skip
    accounts.end_appointment(actor=admin, user_id=budi.user_id, last_day=date(2020, 7, 1), now=make.NOW)
    assert [handing_over.hand_over(now=now) for now in (NOW, at(2), at(2))] == [0, 2, 0]
    assert [Report.objects.get(pk=each.pk).assignee_id for each in (report, other)] == [admin.user_id, None]
    assert [Event.objects.filter(report=each).latest("seq").kind for each in (report, other)] == ["entrust", "release"]


@pytest.mark.parametrize(
    ("role", "slug", "agency_slug"),
    [
        ("liaison_officer", "dinkes", "pemprov-banten"),
        ("head", "dpupr", "pemprov-banten"),
        ("agency_admin", "", "kab-lebak"),
    ],
)
def test_who_left_the_desk_keeps_nothing_of_it_by_another_office(role, slug, agency_slug):
    report, ani = make.report(status=Status.ASSIGNED), make.liaison()
    make.act(report, Action.TAKE, actor=ani)
    elsewhere = make.unit(slug) if slug else None
    Appointment.objects.create(
        user_id=ani.user_id, role=role, agency=make.agency(agency_slug), unit=elsewhere, valid_from=date(2020, 1, 1)
    )
    assert handing_over.hand_over(now=NOW) == 0
    Appointment.objects.filter(user_id=ani.user_id, unit__slug="dpupr", role="liaison_officer").update(
        valid_to=NOW.date()
    )
    heir, admin = make.liaison(), make.agency_admin()
    Appointment.objects.exclude(user_id__in=[ani.user_id, heir.user_id, admin.user_id]).update(
        valid_to=date(2019, 1, 1)
    )
    escalation.escalate(now=at(9))
    assert climbed(report, "first_followup") == [(9, "officer", [heir.user_id], {})]
    assert handing_over.hand_over(now=at(9)) == 1
    assert Report.objects.get(pk=report.pk).assignee_id is None
    audit.audit(now=at(9))


def test_a_unit_that_moves_away_from_under_who_works_for_it_takes_its_reports_along():
    above, below = make.unit(), make.unit("dindikbud")
    Unit.objects.filter(pk=below.pk).update(parent=above)
    report, ani = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, unit_id=below.pk), make.liaison()
    make.act(report, Action.TAKE, actor=ani)
    assert handing_over.hand_over(now=NOW) == 0
    Unit.objects.filter(pk=below.pk).update(parent=None)
    assert handing_over.hand_over(now=NOW) == 1


def test_levels_that_are_only_away_today_are_tried_again_until_they_were_told():
    report, ani, admin = make.report(status=Status.ASSIGNED), make.liaison(), make.agency_admin()
    only(ani, admin)
    duty.enter_absence(
        actor=admin, user_id=admin.user_id, first_day=date(2020, 7, 20), last_day=date(2020, 7, 27), now=at(3)
    )
    run(22, 31)
    reached = [(day, rung, people) for day, rung, people, _skipped in climbed(report)]
    assert reached == [(22, "officer", [ani.user_id]), (28, "admin", [admin.user_id])]
    assert not report.deadlines.filter(clock="resolve").exclude(next_step_at=None).exists(), "a vacant post is the end"


def test_where_the_nearest_head_is_away_the_next_one_up_is_told():
    report, near, far = make.report(status=Status.ASSIGNED), make.head("dpupr"), make.head()
    only(near, far)
    leave = {"first_day": date(2020, 7, 20), "last_day": date(2020, 8, 20)}
    duty.enter_absence(actor=System(), user_id=near.user_id, now=at(3), **leave)
    run(22, 22)
    assert [step[:3] for step in climbed(report)] == [(22, "head", [far.user_id])]


def test_a_deputy_whom_the_report_is_about_is_nobody_who_was_told():
    away, admin, deputy = make.liaison(), make.agency_admin(), make.agency_admin()
    named = make.unit("dinkes")
    Appointment.objects.create(
        user_id=deputy.user_id, role="liaison_officer", agency=named.agency, unit=named, valid_from=date(2018, 1, 1)
    )
    only(away, admin, deputy)
    report = make.submit()
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=admin, supervisory=True, named_units=(named.pk,))
    duty.enter_absence(
        actor=away, user_id=away.user_id, first_day=date(2020, 7, 2), last_day=date(2020, 8, 20),
        deputy_id=deputy.user_id, now=NOW,
    )  # fmt: skip
    run(9, 9)
    steps = climbed(report, "first_followup")
    assert [step[1:] for step in steps] == [("admin", [admin.user_id], {"officer": "absent", "deputy": "no_deputy"})]
    fresh = Report.objects.get(pk=report.pk)
    assert recipients.officers(fresh, Audience.OWNER, on=date(2020, 7, 9)) == [away.user_id]


def test_an_escalation_does_not_interrupt_who_is_writing():
    report = make.submit()
    admin = make.agency_admin()
    only(admin)
    seen = report.event_count
    escalation.escalate(now=at(7))

    move, action = make.verified(), Action.VERIFY_AND_ASSIGN
    reports.act(actor=admin, number=report.number, action=action, move=move, now=at(7, 9), seen=seen)
    assert Report.objects.get(pk=report.pk).status == "assigned"
