"""Each officer with work gets one mail a working day, in the morning, with numbers only."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tanggap.adapters.outbound import letters
from tanggap.domain.assessments import Act
from tanggap.domain.letters import Figures
from tanggap.domain.lifecycle import Status
from tanggap.domain.notices import Notice
from tanggap.models import Agency, Appointment, Message, NamedParty, User
from tanggap.selectors import workload
from tanggap.services import assessments, digests, messages
from tests import make
from tests.make import DAY
from tests.rights import owning
from tests.services.test_assessments import full, opened, row_of

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2020, 7, 2, 0, 0, tzinfo=UTC)  # 07.00 WIB


def digest_of(officer):
    return list(Message.objects.filter(user_id=officer.user_id, notice="digest").order_by("pk"))


def test_an_officer_with_work_gets_one_digest_a_day_however_often_the_job_runs():
    make.report(status=Status.ASSIGNED)
    officer = make.liaison()
    assert digests.digest(now=THURSDAY) >= 1
    assert digests.digest(now=THURSDAY + timedelta(hours=1)) == 0
    assert len(digest_of(officer)) == 1
    digests.digest(now=THURSDAY + DAY)
    assert len(digest_of(officer)) == 2


def test_an_officer_without_work_gets_no_mail():
    officer = make.liaison("dindikbud")
    make.report(status=Status.ASSIGNED)
    digests.digest(now=THURSDAY)
    assert digest_of(officer) == []


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (THURSDAY - timedelta(minutes=1), "before seven"),
        (THURSDAY + timedelta(hours=5), "from noon on it is no help"),
        (THURSDAY + 2 * DAY, "Saturday"),
        (datetime(2020, 7, 31, 0, 0, tzinfo=UTC), "a holiday"),
    ],
)
def test_it_comes_only_in_the_morning_of_a_working_day(now, why):
    make.report(status=Status.ASSIGNED)
    make.liaison()
    assert digests.digest(now=now) == 0, why


def test_seven_is_that_of_the_agency():
    make.report(status=Status.ASSIGNED)
    officer = make.liaison()
    with owning():
        Agency.objects.filter(pk=officer.agency_id).update(timezone="Asia/Jayapura")
    digests.digest(now=THURSDAY - timedelta(hours=2))  # 07.00 WIT
    assert len(digest_of(officer)) == 1


def test_what_is_sent_are_the_numbers_of_the_moment_it_goes_out():
    make.report(status=Status.ASSIGNED)
    officer = make.liaison()
    digests.digest(now=THURSDAY)
    (row,) = digest_of(officer)
    assert ProcrastinateJob.objects.filter(args__message_id=row.pk).count() == 1
    make.report(status=Status.ASSIGNED)
    owed = messages.claim(row.pk, now=THURSDAY)
    assert owed is not None
    assert owed.figures == Figures(owed=2, overdue=0, due_today=0)
    assert owed.number == ""


def test_work_that_was_done_before_the_mail_went_out_needs_no_mail():
    report = make.report(status=Status.ASSIGNED)
    officer = make.liaison()
    digests.digest(now=THURSDAY)
    make.act(report, make.Action.ANSWER)
    (row,) = digest_of(officer)
    assert messages.claim(row.pk, now=THURSDAY) is None
    row.refresh_from_db()
    assert (row.state, row.reason) == ("skipped", "nothing_owed")


def test_an_officer_who_left_gets_none_even_when_it_was_written():
    make.report(status=Status.ASSIGNED)
    officer = make.liaison()
    digests.digest(now=THURSDAY)
    Appointment.objects.filter(user_id=officer.user_id).update(valid_to=THURSDAY.date() - DAY)
    (row,) = digest_of(officer)
    assert messages.claim(row.pk, now=THURSDAY) is None
    row.refresh_from_db()
    assert (row.state, row.reason) == ("skipped", "left")


def test_an_officer_without_an_address_is_a_row_that_says_so():
    make.report(status=Status.ASSIGNED)
    officer = make.liaison()
    with owning():
        User.objects.filter(pk=officer.user_id).update(email="")
    digests.digest(now=THURSDAY)
    (row,) = digest_of(officer)
    assert (row.state, row.reason) == ("skipped", "no_address")


def test_a_head_gets_one_on_the_first_working_day_of_a_week_and_one_mail_a_day_whatever_else_one_is():
    make.report(status=Status.ASSIGNED)
    secret = make.submit(is_confidential=True, is_anonymous=True)
    head, of_all, elsewhere = make.head("dpupr"), make.head(), make.head("dindikbud")
    officer = make.liaison()
    Appointment.objects.create(
        user_id=officer.user_id, role="head", agency=make.agency(), unit=make.unit(), valid_from=make.NOW.date()
    )
    monday = THURSDAY + 4 * DAY
    digests.digest(now=THURSDAY)
    digests.digest(now=monday)
    rows = Message.objects.filter(notice="head_digest")
    assert sorted(rows.values_list("user_id", flat=True)) == sorted([head.user_id, of_all.user_id])
    assert set(rows.values_list("created_at", flat=True)) == {monday}
    assert [row.created_at for row in digest_of(officer)] == [THURSDAY, monday]
    assert not Message.objects.filter(user_id=elsewhere.user_id).exists()
    owed = messages.claim(rows.get(user_id=of_all.user_id).pk, now=monday)
    assert owed.figures.owed == 2, "what nobody has verified yet, too: a head answers for the admins"
    assert secret.number not in str(owed)
    tuesday = datetime(2020, 8, 18, 0, 0, tzinfo=UTC)  # the Monday is the day of independence
    digests.digest(now=tuesday)
    assert rows.filter(user_id=head.user_id, created_at=tuesday).exists()


def test_a_head_reads_in_the_digest_of_the_day_how_many_of_the_own_office_others_nudged_and_gets_no_mail_of_each():
    tuesday = THURSDAY + 26 * DAY
    first, second, secret = (make.report(status=Status.ASSIGNED) for _ in range(3))
    officer, national = make.liaison(), make.national_admin()
    head, of_unit, elsewhere, named = make.head(), make.head("dpupr"), make.head("dindikbud"), make.head("dpupr")
    NamedParty.objects.create(report=secret, user_id=named.user_id)
    for report, who in ((first, national), (secret, national), (second, head)):
        make.act(report, make.Action.NUDGE, actor=who, now=tuesday - DAY, text="Mohon segera dijawab.")
    for row in Message.objects.filter(notice="nudged"):
        messages.claim(row.pk, now=tuesday - DAY)
    told = Message.objects.filter(notice="nudged", user__isnull=False)
    assert set(told.filter(user_id=officer.user_id).values_list("state", flat=True)) == {"queued"}
    assert set(told.filter(user_id=head.user_id).values_list("state", "reason")) == {("skipped", "in_digest")}
    assert not ProcrastinateJob.objects.filter(
        args__message_id__in=list(told.filter(user_id=head.user_id).values_list("pk", flat=True))
    )
    make.act(first, make.Action.ANSWER, now=tuesday - DAY)
    digests.digest(now=tuesday)
    figures = {
        one.user_id: messages.claim(row.pk, now=tuesday).figures.nudged
        for one in (head, of_unit, named)
        for row in digest_of(one)
    }
    assert figures == {head.user_id: 1, of_unit.user_id: 2, named.user_id: 1}, "not what was answered, nor the own word"
    assert digest_of(elsewhere) == []


def test_a_digest_says_how_many_assessments_wait_for_the_admin_and_then_for_the_evaluator():
    evaluator, admin = make.evaluator(), make.agency_admin("kab-tangerang")
    row = row_of(opened(evaluator))

    def assessed(who, now=THURSDAY):
        found = workload.of_person(Notice.DIGEST, who.user_id, on=now.date(), now=now, zone="Asia/Jakarta")
        return found.assessed

    digests.digest(now=THURSDAY)
    assert (len(digest_of(admin)), digest_of(evaluator)) == (1, [])
    assert (assessed(admin), assessed(evaluator)) == (1, 0)
    assert assessed(admin, THURSDAY + 20 * DAY) == 0, "the last day is over: nothing can be done any more"
    assessments.act(actor=admin, assessment_id=row.pk, act=Act.SUBMIT, answers=full(), now=THURSDAY)
    assert (assessed(admin), assessed(evaluator)) == (0, 1)
    digests.digest(now=THURSDAY + timedelta(hours=1))
    (message,) = digest_of(evaluator)
    assert "Penilaian yang menunggu Anda: 1" in letters.write(messages.claim(message.pk, now=THURSDAY)).text
