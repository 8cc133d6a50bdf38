"""What is owed is written with the event, goes to whom it concerns, and stays owed until it was taken."""

from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Identity
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Notice
from tanggap.domain.outcomes import ArchiveReason, Outcome
from tanggap.models import Appointment, Message, NamedParty, User
from tanggap.services import confirmations, keys, messages, vault
from tests import make
from tests.make import DAY, NOW
from tests.rights import owning

pytestmark = pytest.mark.django_db


def message(report, notice, **where):
    return Message.objects.filter(report=report, notice=notice.value, **where).latest("pk")


def state(row):
    row.refresh_from_db()
    return row.state, row.reason


def jobs_for(row):
    return ProcrastinateJob.objects.filter(task_name=messages.DELIVER, args__message_id=row.pk)


def confirm(report, now=NOW):
    assert vault.confirm_email(report.pk, email_hash=keys.lookup_hash("email", make.PERSON.email), now=now)


def spread(row, now=NOW):
    """Deliver a message to a group; return the people who get a copy."""
    assert messages.claim(row.pk, now=now) is None
    return {copy.user_id for copy in row.copies.all()}


class TestWritten:
    def test_a_report_owes_the_reporter_a_confirmation_and_the_admins_a_notice_each_with_a_job(self):
        report = make.submit()
        rows = Message.objects.filter(report=report).order_by("pk")
        assert [(row.notice, row.audience, row.state) for row in rows] == [
            ("confirm_address", "reporter", "queued"),
            ("to_verify", "admins", "queued"),
        ]
        assert all(jobs_for(row).count() == 1 for row in rows)

    def test_what_is_rolled_back_owes_nothing(self):
        before = ProcrastinateJob.objects.count()
        with transaction.atomic():
            make.submit()
            transaction.set_rollback(True)
        assert Message.objects.count() == 0
        assert ProcrastinateJob.objects.count() == before

    def test_a_reporter_without_an_address_is_a_row_that_says_so_and_no_job(self):
        report = make.report(status=Status.ASSIGNED, identity=Identity(name="Budi", phone="081234567890"))
        row = message(report, Notice.ASSIGNED)
        assert state(row) == ("skipped", "no_address")
        assert row.settled_at == NOW
        assert not jobs_for(row).exists()


class TestToTheReporter:
    def test_the_first_mail_carries_the_link_that_confirms_the_address(self):
        report = make.submit()
        owed = messages.claim(message(report, Notice.CONFIRM_ADDRESS).pk, now=NOW)
        assert owed is not None
        assert (owed.address, owed.language, owed.number) == ("siti@example.org", "id", report.number)
        assert confirmations.read(owed.confirmation) == (report.pk, keys.lookup_hash("email", "siti@example.org"))
        assert owed.due_at == datetime(2020, 7, 6, 16, 59, 59, tzinfo=UTC)

    def test_nothing_else_goes_to_an_address_that_was_not_confirmed(self):
        row = message(make.report(status=Status.ASSIGNED), Notice.ASSIGNED)
        assert messages.claim(row.pk, now=NOW) is None
        assert state(row) == ("skipped", "not_confirmed")

    def test_a_confirmed_address_is_told_who_has_the_report_and_by_when_it_is_answered(self):
        report = make.report(status=Status.ASSIGNED)
        confirm(report)
        owed = messages.claim(message(report, Notice.ASSIGNED).pk, now=NOW)
        assert owed is not None
        assert owed.office == make.unit().name
        assert (owed.clock, owed.due_at) == (Clock.RESOLVE, datetime(2020, 7, 21, 16, 59, 59, tzinfo=UTC))

    def test_an_answer_names_who_answered_and_the_outcome_it_claimed_then(self):
        report = make.report(status=Status.ANSWERED)
        row = message(report, Notice.ANSWERED)
        confirm(report)
        make.act(report, Action.REPORTER_REPLY)
        make.act(report, Action.ANSWER, outcome=Outcome.REJECTED_WITH_REASON)
        owed = messages.claim(row.pk, now=NOW)
        assert owed is not None
        assert (owed.office, owed.outcome) == (make.unit().name, Outcome.EXPLAINED)

    def test_a_return_names_the_office_that_declined_and_not_the_one_that_has_it_now(self):
        report = make.report(status=Status.ASSIGNED)
        confirm(report)
        make.act(report, Action.RETURN)
        owed = messages.claim(message(report, Notice.RETURNED).pk, now=NOW)
        assert owed is not None
        assert owed.office == make.agency().name
        assert owed.clock == Clock.VERIFY

    def test_a_promise_that_is_past_when_the_mail_goes_out_is_not_made(self):
        report = make.report(status=Status.ASSIGNED)
        confirm(report)
        owed = messages.claim(message(report, Notice.ASSIGNED).pk, now=NOW + 60 * DAY)
        assert owed is not None
        assert owed.due_at is None

    def test_an_archive_without_an_appeal_names_no_date_for_one(self):
        report = make.submit()
        confirm(report)
        make.act(report, Action.ARCHIVE, archive_reason=ArchiveReason.TEST)
        owed = messages.claim(message(report, Notice.ARCHIVED).pk, now=NOW)
        assert owed is not None
        assert owed.due_at is None

    def test_an_archive_that_an_appeal_did_not_change_names_no_date_for_another(self):
        report = make.report(status=Status.ARCHIVED)
        confirm(report)
        make.act(report, Action.APPEAL)
        make.act(report, Action.ARCHIVE)
        owed = messages.claim(message(report, Notice.ARCHIVED).pk, now=NOW)
        assert owed is not None
        assert owed.due_at is None

    def test_an_archive_with_an_appeal_names_its_date(self):
        report = make.report(status=Status.ARCHIVED)
        confirm(report)
        owed = messages.claim(message(report, Notice.ARCHIVED).pk, now=NOW)
        assert owed is not None
        assert owed.due_at is not None

    def test_a_reminder_of_a_clock_that_stopped_meanwhile_is_not_sent(self):
        report = make.report(status=Status.ANSWERED)
        confirm(report)
        messages.owe(report, None, [Notice.ANSWER_REMINDER], now=NOW, clock="auto_close")
        make.act(report, Action.REPORTER_REPLY)
        row = message(report, Notice.ANSWER_REMINDER)
        assert messages.claim(row.pk, now=NOW) is None
        assert state(row) == ("skipped", "clock_stopped")

    def test_after_a_reply_a_follow_up_names_the_date_of_the_next_answer(self):
        report = make.report(status=Status.ANSWERED)
        confirm(report)
        make.act(report, Action.REPORTER_REPLY)
        make.act(report, Action.FOLLOW_UP)
        owed = messages.claim(message(report, Notice.FOLLOWED_UP).pk, now=NOW)
        assert owed is not None
        assert (owed.clock, owed.due_at) == (Clock.REPLY, datetime(2020, 7, 8, 16, 59, 59, tzinfo=UTC))

    def test_no_word_of_the_report_and_no_name_is_in_what_is_owed(self):
        report = make.submit(title="Bau busuk sekali", body=make.BODY, location="Depan Pasar Badak")
        confirm(report)
        report = make.act(report, Action.VERIFY_AND_ASSIGN, title="Bau busuk sekali")
        for action in (Action.FOLLOW_UP, Action.ANSWER, Action.CONFIRM_DONE):
            report = make.act(report, action)
        owed = [messages.claim(row.pk, now=NOW) for row in Message.objects.filter(report=report, audience="reporter")]
        said = repr([astuple(one) for one in owed if one is not None])
        assert said.count(report.number) >= 4
        assert not [word for word in ("busuk", "Badak", "berlubang", "Siti") if word in said]


class TestToOfficers:
    def test_a_message_to_the_admins_becomes_one_copy_each_and_only_once(self):
        first, second = make.agency_admin(), make.agency_admin()
        make.agency_admin("kab-tangerang")
        row = message(make.submit(), Notice.TO_VERIFY)
        assert spread(row) == {first.user_id, second.user_id}
        assert state(row) == ("spread", "")
        assert spread(row) == {first.user_id, second.user_id}
        assert all(jobs_for(copy).count() == 1 for copy in row.copies.all())

    def test_a_copy_goes_to_the_officers_own_address_in_their_language(self):
        admin = make.agency_admin()
        with owning():
            User.objects.filter(pk=admin.user_id).update(email="admin@example.org", language="en")
        row = message(make.submit(), Notice.TO_VERIFY)
        spread(row)
        owed = messages.claim(row.copies.get().pk, now=NOW)
        assert owed is not None
        assert (owed.address, owed.language) == ("admin@example.org", "en")

    def test_the_unit_that_got_the_report_is_told_and_no_other(self):
        officer = make.liaison()
        make.liaison("dindikbud")
        assert spread(message(make.report(status=Status.ASSIGNED), Notice.NEW_WORK)) == {officer.user_id}

    def test_where_nobody_is_in_post_in_the_unit_the_admins_are_told(self):
        admin = make.agency_admin()
        row = message(make.report(status=Status.ASSIGNED), Notice.NEW_WORK)
        with owning():
            Message.objects.filter(pk=row.pk).update(event=None)  # as if nobody here had acted
        assert admin.user_id in spread(row)

    def test_where_nobody_is_in_post_at_all_the_row_says_so(self):
        row = message(make.submit(), Notice.TO_VERIFY)
        assert spread(row) == set()
        assert state(row) == ("skipped", "nobody_in_post")

    def test_whoever_did_it_is_not_told(self):
        report = make.submit()
        proposer, other = make.agency_admin(), make.agency_admin()
        make.act(
            report,
            Action.PROPOSE_ARCHIVE,
            actor=proposer,
            text="Isinya hanya iklan.",
            archive_reason=ArchiveReason.HOAX_SPAM,
        )
        assert spread(message(report, Notice.ARCHIVE_PROPOSED)) == {other.user_id}

    def test_an_officer_whose_office_has_ended_is_not_told(self):
        officer = make.liaison()
        Appointment.objects.filter(user_id=officer.user_id).update(valid_to=date(2020, 6, 30))
        assert officer.user_id not in spread(message(make.report(status=Status.ASSIGNED), Notice.NEW_WORK))

    def test_an_officer_who_leaves_between_the_spreading_and_the_sending_gets_nothing(self):
        officer = make.liaison()
        row = message(make.report(status=Status.ASSIGNED), Notice.NEW_WORK)
        spread(row)
        Appointment.objects.filter(user_id=officer.user_id).update(valid_to=date(2020, 7, 1))
        copy = row.copies.get()
        assert messages.claim(copy.pk, now=NOW + DAY) is None
        assert state(copy) == ("skipped", "left")

    def test_an_account_that_was_closed_gets_nothing(self):
        officer = make.liaison()
        row = message(make.report(status=Status.ASSIGNED), Notice.NEW_WORK)
        spread(row)
        User.objects.filter(pk=officer.user_id).update(is_active=False)
        assert messages.claim(row.copies.get().pk, now=NOW) is None

    def test_nobody_is_asked_to_verify_what_was_verified_meanwhile(self):
        make.agency_admin()
        report = make.submit()
        row = message(report, Notice.TO_VERIFY)
        spread(row)
        make.act(report, Action.VERIFY_AND_ASSIGN)
        copy = row.copies.first()
        assert messages.claim(copy.pk, now=NOW) is None
        assert state(copy) == ("skipped", "clock_stopped")

    def test_a_unit_that_handed_the_report_on_is_not_told_afterwards(self):
        officer = make.liaison()
        report = make.report(status=Status.ASSIGNED)
        row = message(report, Notice.NEW_WORK)
        spread(row)
        make.act(report, Action.RETURN_TO_ADMIN, actor=officer)
        copy = row.copies.get()
        assert messages.claim(copy.pk, now=NOW) is None
        assert state(copy) == ("skipped", "left")

    def test_an_officer_without_an_address_is_a_row_that_says_so(self):
        officer = make.liaison()
        with owning():
            User.objects.filter(pk=officer.user_id).update(email="")
        row = message(make.report(status=Status.ASSIGNED), Notice.NEW_WORK)
        spread(row)
        copy = row.copies.get()
        assert messages.claim(copy.pk, now=NOW) is None
        assert state(copy) == ("skipped", "no_address")


class TestNamed:
    def test_an_admin_who_is_named_never_gets_a_mail_about_the_report(self):
        named, other = make.agency_admin(), make.agency_admin()
        report = make.submit()
        NamedParty.objects.create(report=report, user_id=named.user_id)
        assert spread(message(report, Notice.TO_VERIFY)) == {other.user_id}

    def test_naming_a_person_stops_a_copy_that_is_already_on_its_way(self):
        named = make.agency_admin()
        report = make.submit()
        row = message(report, Notice.TO_VERIFY)
        spread(row)
        NamedParty.objects.create(report=report, user_id=named.user_id)
        copy = row.copies.get()
        assert messages.claim(copy.pk, now=NOW) is None
        assert state(copy) == ("skipped", "left")

    def test_the_officers_of_a_named_unit_get_nothing(self):
        officer, admin = make.liaison(), make.agency_admin()
        report = make.report(status=Status.ASSIGNED)
        NamedParty.objects.create(report=report, unit=make.unit())
        row = message(report, Notice.NEW_WORK)
        with owning():
            Message.objects.filter(pk=row.pk).update(event=None)
        people = spread(row)
        assert officer.user_id not in people
        assert admin.user_id in people

    def test_the_officers_of_a_unit_below_a_named_one_get_nothing(self):
        parent = make.unit()
        with owning():
            below = type(parent).objects.create(
                agency=parent.agency,
                parent=parent,
                slug="uptd-uji",
                name="UPTD Uji",
                kind="uptd",
                valid_from=date(2018, 1, 1),
            )
        officer, admin = make.liaison("uptd-uji"), make.agency_admin()
        report = make.report(status=Status.ASSIGNED)
        type(report).objects.filter(pk=report.pk).update(owner_unit=below)
        NamedParty.objects.create(report=report, unit=parent)
        row = message(report, Notice.NEW_WORK)
        with owning():
            Message.objects.filter(pk=row.pk).update(event=None)
        people = spread(row)
        assert officer.user_id not in people
        assert admin.user_id in people


class TestManyAtOnce:
    def owe(self, report, officer, notice=Notice.MENTIONED):
        messages.owe_to(report, [officer.user_id], notice, now=NOW)
        return message(report, notice, user_id=officer.user_id)

    def send(self, row, now=NOW):
        owed = messages.claim(row.pk, now=now)
        if owed is not None:
            messages.settle(row.pk, sent=True, now=now)
        return owed

    def test_of_one_kind_an_officer_gets_five_mails_and_one_for_all_that_comes_beyond(self):
        first, secret, gone = (make.report(status=Status.ASSIGNED, is_confidential=one == 1) for one in range(3))
        officer, other = make.liaison(), make.liaison()
        assert all(self.send(self.owe(first, officer)) for _one in range(5))
        held = [self.owe(report, officer) for report in (first, secret, gone)]
        assert [self.send(row) for row in held] == [None, None, None]
        assert self.send(self.owe(first, officer, Notice.NUDGED)), "who is late is told at once"
        assert self.send(self.owe(first, other)), "another person has had none"
        make.act(gone, Action.RETURN_TO_ADMIN, actor=officer)
        soon, later = NOW + timedelta(minutes=59), NOW + timedelta(hours=1)
        ProcrastinateJob.objects.all().delete()
        assert messages.tell_together(now=soon) == 0
        assert messages.tell_together(now=later) == 1
        assert messages.tell_together(now=later) == 0
        assert {state(row) for row in held} == {("skipped", "told_together")}
        (together,) = Message.objects.filter(notice="together")
        assert jobs_for(together).exists()
        for _one in range(2):  # a worker that died after the claim claims the same again
            owed = messages.claim(together.pk, now=later)
            assert owed is not None
            assert owed.others == (first.number, secret.number)
        assert messages.settle(together.pk, sent=True, now=later) is False
        assert self.send(self.owe(first, officer), now=later), "a new hour"

    def test_what_is_held_gets_no_job_of_its_own_and_is_told_of_nothing_where_the_officer_left(self):
        report, officer = make.report(status=Status.ASSIGNED), make.liaison()
        rows = [self.owe(report, officer) for _one in range(6)]
        assert [self.send(row) is None for row in rows] == [False] * 5 + [True]
        ProcrastinateJob.objects.all().delete()
        messages.requeue(now=NOW + DAY)
        assert not jobs_for(rows[-1]).exists()
        make.act(report, Action.RETURN_TO_ADMIN, actor=officer)
        assert messages.tell_together(now=NOW + DAY) == 1
        (together,) = Message.objects.filter(notice="together")
        assert messages.claim(together.pk, now=NOW + DAY) is None
        assert state(together) == ("skipped", "nothing_owed")
