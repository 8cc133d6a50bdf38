"""Codes by SMS: a row each, tried again, and so many a day."""

import json
from datetime import timedelta

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from tanggap.adapters.outbound.senders import NotSentError
from tanggap.models import Citizen, ShortMessage
from tanggap.services import citizen_codes, short_messages
from tanggap.tasks import short_messages as tasks
from tests import make

pytestmark = pytest.mark.django_db
NUMBER = "+6281234567890"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SMS_DIR = str(tmp_path / "sms")
    with time_machine.travel(make.NOW, tick=False):
        yield tmp_path / "sms"


def ask(number=NUMBER, **more):
    said = {"language": "id", "client": "10.0.0.1", "known": "", "now": make.NOW, **more}
    return citizen_codes.asked(citizen_codes.ask(number, **said))


def sent(folder):
    return [json.loads(file.read_text()) for file in folder.iterdir()] if folder.exists() else []


def test_a_code_goes_out_once_and_nothing_that_is_stored_has_number_or_code(folder):
    one = ask()
    code = citizen_codes._code(one.address, one.word)
    (row,), (job,) = ShortMessage.objects.all(), ProcrastinateJob.objects.filter(task_name=short_messages.DELIVER)
    assert job.args == {"short_message_id": row.pk}
    assert (NUMBER[3:] in row.letter, code in row.letter) == (False, False)
    for _ in range(2):  # a job that runs twice
        tasks.deliver(**job.args)
    ((said),) = sent(folder)
    assert (said["to"], f" {code}." in said["text"]) == (NUMBER, True)
    row.refresh_from_db()
    assert (row.state, row.letter, row.attempts, row.settled_at) == ("sent", "", 1, make.NOW)
    assert not Citizen.objects.exists()
    assert citizen_codes.is_right(one, code, client="x", now=make.NOW) is True


def test_a_worker_that_dies_or_a_gateway_that_is_away_loses_no_code(settings, folder):
    ask()
    row = ShortMessage.objects.get()
    assert short_messages.claim(row.pk, now=make.NOW) == row.letter  # and the worker is killed
    settings.SMS_COMMAND = "false"
    for _ in range(2):
        with pytest.raises(NotSentError):  # so the queue tries again
            tasks.deliver(short_message_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.reason, row.attempts) == ("queued", "exit_1", 3)
    settings.SMS_COMMAND = ""
    tasks.deliver(short_message_id=row.pk)
    assert len(sent(folder)) == 1


@pytest.mark.parametrize(
    ("command", "tries", "later", "reason"),
    [
        ("sh -c 'exit 65'", 0, 0, "exit_65"),  # refused for good
        ("false", 4, 0, "exit_1"),  # the last try
        ("false", 5, 0, "tried_too_often"),  # each time the worker was killed
        ("true", 0, 11, "stale"),  # nobody looks at the page any more
        (" ", 0, 0, "off"),  # the gateway was taken away meanwhile
    ],
)
def test_what_cannot_go_out_any_more_fails_and_says_why(settings, command, tries, later, reason):
    ask()
    ShortMessage.objects.update(attempts=tries)
    settings.SMS_COMMAND, settings.SMS_DIR = command, ""
    with time_machine.travel(make.NOW + timedelta(minutes=later), tick=False):
        tasks.deliver(short_message_id=ShortMessage.objects.get().pk)
    row = ShortMessage.objects.get()
    assert (row.state, row.reason, row.letter) == ("failed", reason, "")


def test_a_number_gets_ten_a_day_whoever_asks_half_of_them_for_browsers_it_knows():
    known = [citizen_codes.remember(NUMBER) for _ in range(3)]
    asked = [ask(client=f"10.0.1.{turn}") for turn in range(7)]
    asked += [ask(client=f"10.0.2.{turn}", known=known[turn % 3]) for turn in range(7)]
    assert [one.is_sent for one in asked] == [1] * 5 + [0] * 2 + [1] * 5 + [0] * 2
    assert ShortMessage.objects.count() == 10
    held = asked[-1]
    code = citizen_codes._code(held.address, held.word)
    assert citizen_codes.is_right(held, code, client="x", now=make.NOW) is False  # never sent, so only guessed


def test_one_client_asks_for_twenty_an_hour_and_may_go_on_by_mail():
    numbers = [f"+62812345678{turn:02d}" for turn in range(21)]
    answers = [citizen_codes.ask(one, language="id", client="c", known="", now=make.NOW) for one in numbers]
    assert [isinstance(one, str) for one in answers] == [True] * 20 + [False]
    assert answers[-1].retry_after_seconds > 3000
    assert ask(make.PERSON.email, client="c").is_sent


def test_the_site_sends_so_many_a_day_and_keeps_a_quarter_for_browsers_it_knows(settings):
    settings.SMS_A_DAY = 4
    ask()
    ShortMessage.objects.update(attempts=3)  # each try may cost
    with pytest.raises(citizen_codes.ExhaustedError):
        ask("+6281234567891")
    known = citizen_codes.remember(NUMBER)
    assert ask(known=known).is_sent
    with pytest.raises(citizen_codes.ExhaustedError):
        ask(known=known)
    assert ask(make.PERSON.email).is_sent
    assert ask("+6281234567891", now=make.NOW + make.DAY).is_sent


def test_what_was_lost_is_settled_and_what_is_a_month_old_goes():
    ask()
    swept = {"good_for": citizen_codes.GOOD_FOR}
    assert short_messages.sweep(now=make.NOW + timedelta(minutes=9), **swept) == 0
    assert ShortMessage.objects.get().state == "queued"
    assert short_messages.sweep(now=make.NOW + timedelta(minutes=11), **swept) == 0
    row = ShortMessage.objects.get()
    assert (row.state, row.reason, row.letter) == ("failed", "stale", "")
    assert short_messages.sweep(now=make.NOW + 32 * make.DAY, **swept) == 1
