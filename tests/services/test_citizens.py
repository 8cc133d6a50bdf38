"""Accounts of citizens: what a row tells, what two tabs do, what is mailed, and what is left when one goes."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from tanggap.domain.actors import Reporter
from tanggap.domain.citizens import MOST_FOLLOWS, Account, FullError
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Citizen, ContactHash, Follow, Identity, Message
from tanggap.services import (
    addresses,
    audit,
    citizen_codes,
    citizen_data,
    citizen_removal,
    citizens,
    keys,
    messages,
    vault,
    watching,
)
from tanggap.tasks import citizens as tasks
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = make.PERSON.email


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


def entered(address=ADDRESS):
    return citizens.enter(address, language="id", now=make.NOW)


def ask(address=ADDRESS, **more):
    said = {"language": "id", "client": "10.0.0.1", "known": "", "now": make.NOW, **more}
    return citizen_codes.asked(citizen_codes.ask(address, **said))


def deliver(name):
    """Do the jobs of a name as the worker does, each once."""
    done = {citizen_codes.SEND: tasks.send_code, watching.SPREAD: tasks.spread, watching.SEND: tasks.send_step}
    found = ProcrastinateJob.objects.filter(task_name=name, status="todo").order_by("pk")
    arguments = list(found.values_list("args", flat=True))
    for args in arguments:
        done[name](**args)
    return arguments


class TestTheCode:
    def test_the_mail_has_it_and_nothing_that_is_stored_has_code_or_address(self):
        one = ask()
        (args,) = deliver(citizen_codes.SEND)
        code = "".join(sign for sign in mail.outbox[-1].subject if sign.isdecimal())
        assert len(code) == 6
        assert ADDRESS not in str(args)
        assert code not in str(args)
        assert not Citizen.objects.exists()
        wrong = f"{(int(code) + 1) % 10**6:06d}"
        said = [
            citizen_codes.is_right(one, word, client="x", now=make.NOW) for word in (wrong, "", code[:3], code, code)
        ]
        assert said == [False, False, False, True, False]  # once, and no second time

    def test_after_five_tries_or_ten_minutes_the_right_one_is_wrong(self):
        one, late = ask(), ask()
        right = citizen_codes._code(one.address, one.word)
        for _ in range(5):
            assert citizen_codes.is_right(one, "000000x", client="x", now=make.NOW) is False
        assert citizen_codes.is_right(one, right, client="x", now=make.NOW) is False
        after = make.NOW + citizen_codes.GOOD_FOR + timedelta(seconds=1)
        assert (
            citizen_codes.is_right(late, citizen_codes._code(late.address, late.word), client="x", now=after) is False
        )

    def test_a_mailbox_gets_ten_a_day_whoever_asks_and_a_browser_that_was_in_is_counted_by_itself(self):
        asked = [ask(client=f"10.0.1.{number}") for number in range(12)]
        found = ProcrastinateJob.objects.filter(task_name=citizen_codes.SEND)
        assert found.count() == 10
        rights = [
            citizen_codes.is_right(one, citizen_codes._code(one.address, one.word), client="x", now=make.NOW)
            for one in asked[-3:]
        ]
        assert rights == [True, False, False]  # what was never mailed cannot be known, only guessed
        ask(known=citizen_codes.remember(ADDRESS))
        assert found.count() == 11


class TestTheRow:
    def test_it_meets_no_row_of_a_report_and_its_length_tells_nothing(self):
        who = entered()
        report = make.submit(is_anonymous=True)
        bare = Citizen.objects.get()
        before = len(bytes(bare.sealed))
        assert bytes(bare.address_hash) not in {bytes(row.hash) for row in ContactHash.objects.all()}
        for number in range(40):
            who = citizens.link(who, report.pk + number)
        row = Citizen.objects.get()
        assert len(bytes(row.sealed)) == before
        assert bytes(row.wrapped_key) != bytes(bare.wrapped_key)
        assert ADDRESS.encode() not in bytes(row.sealed)
        assert entered("SITI@example.org").account.reports == who.account.reports

    def test_what_two_tabs_do_is_both_kept_and_a_new_stamp_ends_every_session(self):
        one, other = entered(), entered()
        citizens.link(one, 1)
        citizens.prefer(other, language="en", wants_mail=False)
        found = citizens.recognise(str(one.key), one.account.stamp)
        assert (found.account.reports, found.account.language) == ((1,), "en")
        changed = citizens.end_sessions(one)
        assert citizens.recognise(str(one.key), one.account.stamp) is None
        assert citizens.recognise(str(one.key), changed.account.stamp) is not None

    def test_a_new_master_key_wraps_it_anew_and_it_opens_as_before(self, monkeypatch):
        report = make.report(status=Status.ASSIGNED)
        who = citizens.follow(entered(), report.pk)
        old = keys.ring()
        new = replace(old, master={**old.master, 9: bytes(32)}, current=9)
        monkeypatch.setattr(keys, "ring", lambda: new)
        assert vault.rewrap() == 3
        assert {Citizen.objects.get().key_version, Follow.objects.get().key_version} == {9}
        assert citizens.follower(Follow.objects.get()) == who.account

    def test_it_holds_so_many_and_says_when_it_is_full(self):
        full = replace(Account("x@example.org", "s", "2020-07-01"), follows=tuple(range(MOST_FOLLOWS)))
        assert full.with_follow(3) == full
        with pytest.raises(FullError):
            full.with_follow(MOST_FOLLOWS)


def test_who_wants_no_news_gets_what_the_rights_hang_on_and_in_the_language_of_the_account():
    report = make.submit()
    addresses.confirm(report.pk, email_hash=keys.lookup_hash("email", ADDRESS), now=make.NOW)
    citizens.prefer(entered(), language="en", wants_mail=False)
    make.act(report, Action.VERIFY_AND_ASSIGN)
    make.act(report, Action.ANSWER)
    rows = {row.notice: row.pk for row in Message.objects.filter(report=report, audience="reporter", state="queued")}
    assert messages.claim(rows["assigned"], now=make.NOW) is None
    assert Message.objects.get(pk=rows["assigned"]).reason == "not_wanted"
    assert messages.claim(rows["answered"], now=make.NOW).language == "en"


def test_a_follower_is_told_of_public_steps_as_long_as_the_report_is_public():
    report = make.report(status=Status.ASSIGNED)
    who = citizens.follow(citizens.follow(entered("ikut@example.org"), report.pk), report.pk)
    assert Follow.objects.count() == 1
    make.act(report, Action.FOLLOW_UP)
    make.act(report, Action.TAKE)  # nothing of the public
    assert len(deliver(watching.SPREAD)) == 1
    deliver(watching.SEND)
    assert [letter.to for letter in mail.outbox] == [["ikut@example.org"]]
    assert report.number in mail.outbox[0].body
    assert report.title not in mail.outbox[0].body
    make.act(report, Action.SET_VISIBILITY, actor=Reporter(report.pk), is_confidential=True)
    deliver(watching.SEND)
    citizens.unfollow(who, report.pk)
    deliver(watching.SEND)
    assert len(mail.outbox) == 1


def test_an_account_that_goes_takes_who_reported_along_and_leaves_the_reports():
    mine = make.report(status=Status.ASSIGNED)
    told_nothing = make.submit(identity=make.Identity(), is_anonymous=True)
    others = make.submit()
    who = entered()
    for report in (mine, told_nothing):
        who = citizens.link(who, report.pk)
    who = citizens.follow(who, mine.pk)
    said = citizen_data.collect(who, now=make.NOW)
    assert [row["number"] for row in said["reports"]] == [mine.number, told_nothing.number]
    assert said["reports"][0]["identity"]["name"] == make.PERSON.name
    assert said["reports"][0]["body"] == make.BODY
    assert said["reports"][1]["identity"] is None
    assert said["follows"] == [mine.number]
    citizen_removal.remove(who, now=make.NOW)
    assert not Citizen.objects.exists()
    assert not Follow.objects.exists()
    assert not vault.has(mine.pk)
    assert vault.has(others.pk)
    assert Identity.objects.filter(erased_at=None).count() == 1
    assert audit.audit(now=make.NOW).erased == 1
    citizen_removal.remove(who, now=make.NOW)  # pressed twice
