"""Delivering: twice sends once, a server that is away keeps it queued, and a killed worker loses nothing."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as configured
from django.core import mail
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from tanggap.adapters.outbound.senders import NotSentError
from tanggap.domain.lifecycle import Action
from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.models import Message
from tanggap.services import addresses, jobs, keys, messages, vault
from tanggap.tasks.messages import Patience, deliver
from tests import make, smtp
from tests.databases import ROOT, address_of
from tests.make import NOW


def first_mail(report):
    return Message.objects.get(report=report, notice="confirm_address")


def state(row):
    row.refresh_from_db()
    return row.state, row.reason


@pytest.fixture
def mailbox(settings):
    box = smtp.Mailbox()
    with smtp.server(box) as mailers:
        settings.MAILERS = mailers
        yield box


@pytest.mark.django_db
class TestOneByOne:
    def test_a_job_that_runs_twice_sends_one_mail(self):
        row = first_mail(make.submit())
        deliver(message_id=row.pk)
        deliver(message_id=row.pk)
        (sent,) = mail.outbox
        assert sent.to == ["siti@example.org"]
        assert state(row) == ("sent", "")

    def test_a_mailbox_is_asked_to_confirm_so_often_a_day_whoever_names_it_and_however_it_is_spelt(self):
        most = LIMITS[Bucket.CONFIRM_ADDRESS].times
        spellings = ["korban@example.org", "Korban@Example.org", "kor.ban@example.org", "korban+promo@example.org"]
        rows = [
            first_mail(make.submit(identity=replace(make.PERSON, email=spellings[number % len(spellings)])))
            for number in range(most + 2)
        ]
        for row in rows:
            deliver(message_id=row.pk)
        assert len(mail.outbox) == most
        assert {state(row) for row in rows[most:]} == {("skipped", "enough_today")}
        another = first_mail(make.submit())
        deliver(message_id=another.pk)
        assert state(another) == ("sent", "")

    def test_a_mailbox_whose_owner_confirmed_may_be_asked_again(self):
        for _ in range(2):
            for _ in range(LIMITS[Bucket.CONFIRM_ADDRESS].times):
                report = make.submit()
                deliver(message_id=first_mail(report).pk)
            addresses.confirm(report.pk, email_hash=keys.lookup_hash("email", make.PERSON.email), now=NOW)
        assert len(mail.outbox) == 2 * LIMITS[Bucket.CONFIRM_ADDRESS].times

    def test_a_server_that_is_away_uses_up_one_mail_of_the_day_and_not_one_per_try(self, mailbox, monkeypatch):
        monkeypatch.setitem(LIMITS, Bucket.CONFIRM_ADDRESS, replace(LIMITS[Bucket.CONFIRM_ADDRESS], times=1))
        row = first_mail(make.submit())
        mailbox.at_data = "451 4.3.0 later"
        with pytest.raises(NotSentError):
            deliver(message_id=row.pk)
        mailbox.at_data = ""
        deliver(message_id=row.pk)
        assert state(row) == ("sent", "")

    def test_a_message_that_does_not_exist_is_no_error(self):
        deliver(message_id=0)
        assert mail.outbox == []

    def test_a_message_to_the_admins_is_sent_to_each_by_jobs_of_their_own(self):
        admins = [make.agency_admin(), make.agency_admin()]
        row = Message.objects.get(report=make.submit(), notice="to_verify")
        deliver(message_id=row.pk)
        assert mail.outbox == []
        for copy in row.copies.all():
            deliver(message_id=copy.pk)
        assert len({address for sent in mail.outbox for address in sent.to}) == len(admins)

    def test_a_whole_life_of_a_report_sends_no_word_of_it(self):
        report = make.submit(title="Bau busuk sekali")
        vault.confirm_email(report.pk, email_hash=keys.lookup_hash("email", make.PERSON.email), now=NOW)
        report = make.act(report, Action.VERIFY_AND_ASSIGN, title="Bau busuk sekali")
        for action in (Action.FOLLOW_UP, Action.ANSWER, Action.REPORTER_REPLY, Action.ANSWER, Action.CONFIRM_DONE):
            report = make.act(report, action)
        for _ in range(2):  # the second round delivers the copies
            for pk in Message.objects.filter(state="queued").values_list("pk", flat=True):
                deliver(message_id=pk)
        said = "".join(sent.subject + sent.body for sent in mail.outbox)
        assert report.number in said
        assert not [word for word in ("busuk", "berlubang", "Siti", "Badak", "Contoh") if word in said]


@pytest.mark.django_db
class TestRefused:
    def test_a_server_that_is_busy_keeps_it_queued_and_the_job_asks_for_another_try(self, mailbox):
        row = first_mail(make.submit())
        mailbox.at_data = "451 4.3.0 later"
        with pytest.raises(NotSentError):
            deliver(message_id=row.pk)
        assert state(row) == ("queued", "letter_451")
        mailbox.at_data = ""
        deliver(message_id=row.pk)
        assert state(row) == ("sent", "")
        assert row.attempts == 2
        assert len(mailbox.mails) == 1

    def test_an_address_that_does_not_exist_is_not_tried_again(self, mailbox):
        row = first_mail(make.submit())
        mailbox.at_recipient = "550 5.1.1 no such person"
        deliver(message_id=row.pk)
        assert state(row) == ("failed", "address_550")

    def test_a_crash_between_sending_and_settling_sends_again_under_the_same_message_id(self, mailbox, monkeypatch):
        row = first_mail(make.submit())
        with monkeypatch.context() as crash:
            crash.setattr(messages, "settle", lambda *_args, **_values: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                deliver(message_id=row.pk)
        assert state(row) == ("queued", "")
        deliver(message_id=row.pk)
        assert len({sent["Message-ID"] for sent in mailbox.mails}) == 1
        assert len(mailbox.mails) == 2


def test_twenty_tries_take_about_three_days():
    def wait(attempts):
        job = Job(id=1, queue="messages", lock=None, queueing_lock=None, task_name="x", attempts=attempts)
        return Patience().get_retry_decision(exception=NotSentError("server_away"), job=job)

    with time_machine.travel(NOW, tick=False):
        decisions = [wait(attempts) for attempts in range(messages.MOST_ATTEMPTS - 1)]
        assert wait(messages.MOST_ATTEMPTS - 1) is None
    total = sum((decision.retry_at - NOW for decision in decisions), timedelta())
    assert timedelta(days=2, hours=12) < total < timedelta(days=3, hours=12)


def start_worker(database, port):
    """Start the worker that `./run` starts, on this database and this mail server."""
    env = {
        **os.environ,
        "DATABASE_URL": address_of(database),
        "TANGGAP_DATABASE_ROLE": configured.DATABASE_ROLE,
        "TANGGAP_POOL": "0",
        "TANGGAP_KEY_FILE": str(configured.KEY_FILE),
        "TANGGAP_SECRET_KEY": configured.SECRET_KEY,
        "TANGGAP_MAIL": "smtp",
        "TANGGAP_SMTP_HOST": "127.0.0.1",
        "TANGGAP_SMTP_PORT": str(port),
    }
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--queues", "messages"]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_worker_that_is_killed_while_it_sends_loses_nothing(own_database):
    row = first_mail(make.submit())
    Message.objects.exclude(pk=row.pk).update(state="skipped")
    box = smtp.Mailbox()
    box.holds = True  # it takes the mail and never answers
    with smtp.server(box) as mailers:
        port = mailers["default"]["OPTIONS"]["port"]
        worker = start_worker(own_database, port)
        try:
            assert box.arrived.wait(60)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait(30)
        assert state(row) == ("queued", "")
        job = ProcrastinateJob.objects.get(task_name=messages.DELIVER, args__message_id=row.pk)
        assert job.status == "doing"

        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
        assert jobs.retry_stalled(now=NOW) == 1
        box.arrived.clear()
        box.holds = False
        worker = start_worker(own_database, port)
        try:
            assert box.arrived.wait(60)
        finally:
            worker.send_signal(signal.SIGTERM)  # it finishes what it has in hand
            worker.wait(30)
    assert state(row) == ("sent", "")
    assert row.attempts == 2
    assert len({sent["Message-ID"] for sent in box.mails}) == 1
