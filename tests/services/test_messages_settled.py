"""Letters that wait: those that need not go any more, those that are sent again, and those that nobody wants."""

from datetime import timedelta

import pytest

from tanggap.domain.notices import Notice
from tanggap.models import Message
from tanggap.services import messages
from tests import make
from tests.make import DAY, NOW
from tests.services.test_messages import jobs_for, message, state

pytestmark = pytest.mark.django_db


class TestSettled:
    def claimed(self):
        row = message(make.submit(), Notice.CONFIRM_ADDRESS)
        assert messages.claim(row.pk, now=NOW) is not None
        return row

    def test_what_was_taken_is_sent_and_owed_no_more(self):
        row = self.claimed()
        assert messages.settle(row.pk, sent=True, now=NOW) is False
        assert state(row) == ("sent", "")
        assert messages.claim(row.pk, now=NOW) is None

    def test_what_was_claimed_but_not_settled_is_claimed_again(self):
        row = self.claimed()
        assert messages.claim(row.pk, now=NOW) is not None
        row.refresh_from_db()
        assert row.attempts == 2

    def test_a_failure_that_may_pass_leaves_it_queued_with_the_reason(self):
        row = self.claimed()
        assert messages.settle(row.pk, sent=False, reason="server_away", now=NOW) is True
        assert state(row) == ("queued", "server_away")

    def test_a_failure_for_good_ends_it(self):
        row = self.claimed()
        assert messages.settle(row.pk, sent=False, reason="address_550", is_permanent=True, now=NOW) is False
        assert state(row) == ("failed", "address_550")

    def test_it_is_not_tried_for_ever(self):
        row = self.claimed()
        Message.objects.filter(pk=row.pk).update(attempts=messages.MOST_ATTEMPTS)
        assert messages.settle(row.pk, sent=False, reason="server_away", now=NOW) is False
        assert state(row) == ("failed", "server_away")

    def test_what_never_comes_to_be_settled_is_given_up_as_well(self):
        row = self.claimed()
        Message.objects.filter(pk=row.pk).update(attempts=messages.MOST_ATTEMPTS)
        assert messages.claim(row.pk, now=NOW) is None
        assert state(row) == ("failed", "tried_too_often")

    def test_what_was_settled_stays_as_it_is(self):
        row = self.claimed()
        messages.settle(row.pk, sent=True, now=NOW)
        assert messages.settle(row.pk, sent=False, reason="server_away", now=NOW) is False
        assert state(row) == ("sent", "")


class TestRequeued:
    def lost(self):
        row = message(make.submit(), Notice.CONFIRM_ADDRESS)
        jobs_for(row)._raw_delete("default")
        return row

    def test_a_queued_message_that_lost_its_job_gets_a_new_one_once(self):
        row = self.lost()
        later = NOW + timedelta(hours=2)
        assert messages.requeue(now=later) == 1
        assert messages.requeue(now=later) == 0
        assert jobs_for(row).count() == 1

    def test_a_message_with_a_job_or_one_that_is_fresh_or_settled_is_left_alone(self):
        row = self.lost()
        assert messages.requeue(now=NOW + timedelta(minutes=30)) == 0
        messages.claim(row.pk, now=NOW)
        messages.settle(row.pk, sent=True, now=NOW)
        assert messages.requeue(now=NOW + timedelta(hours=2)) == 0


class TestSilenced:
    def test_what_was_played_before_the_start_goes_out_to_nobody_and_leaves_no_job(self):
        row = message(make.submit(), Notice.CONFIRM_ADDRESS)
        assert messages.silence(before=NOW + DAY, now=NOW + DAY) > 0
        assert state(row) == ("skipped", "demo")
        assert not jobs_for(row).exists()
        assert messages.claim(row.pk, now=NOW + DAY) is None

    def test_what_a_person_does_meanwhile_goes_out(self):
        row = message(make.submit(), Notice.CONFIRM_ADDRESS)
        assert messages.silence(before=NOW, now=NOW + DAY) == 0
        assert state(row) == ("queued", "")
        assert jobs_for(row).count() == 1
