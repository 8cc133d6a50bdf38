"""Confirming an address opens the way for notices, once, and only for the address that was confirmed."""

import pytest

from tanggap.domain.actors import Reporter
from tanggap.models import Message
from tanggap.services import addresses, keys, messages
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
HERS = "siti@example.org"


def confirm(report, email=HERS):
    return addresses.confirm(report.pk, email_hash=keys.lookup_hash("email", email), now=NOW)


def received(report):
    return Message.objects.filter(report=report, notice="received")


def test_the_first_confirmation_is_answered_with_the_first_notice_and_the_second_with_none():
    report = make.submit()
    assert [confirm(report), confirm(report)] == [True, True]
    owed = messages.claim(received(report).get().pk, now=NOW)
    assert owed is not None
    assert (owed.address, owed.number, owed.agency) == (HERS, report.number, make.agency().name)
    assert owed.due_at is not None


def test_another_address_or_a_report_without_one_is_not_confirmed():
    report, without = make.submit(), make.submit(identity=make.Identity(name="Budi", phone="081234567890"))
    assert not confirm(report, "budi@example.org")
    assert not confirm(without)
    assert not received(report).exists()


def asked(report):
    return Message.objects.filter(report=report, notice="confirm_address").count()


def test_a_reporter_who_got_no_mail_asks_for_another_one_and_a_queued_one_is_not_doubled():
    report = make.submit()
    addresses.ask_again(actor=Reporter(report.pk), now=NOW)
    assert asked(report) == 1
    Message.objects.filter(report=report, notice="confirm_address").update(state="skipped", reason="enough_today")
    for _ in range(2):
        addresses.ask_again(actor=Reporter(report.pk), now=NOW)
    assert asked(report) == 2


def test_nobody_is_asked_without_an_address_or_after_it_was_confirmed():
    report, without = make.submit(), make.submit(identity=make.Identity(name="Budi", phone="081234567890"))
    confirm(report)
    Message.objects.filter(notice="confirm_address").update(state="sent")
    for known in (report, without):
        before = asked(known)
        addresses.ask_again(actor=Reporter(known.pk), now=NOW)
        assert asked(known) == before
