"""More time for an answer: off by default, with a ground and a plan, once or twice, never against the law (T25)."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from tanggap.domain.actors import System
from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Fault
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Audience
from tanggap.domain.reasons import Reason
from tanggap.models import Deadline, ExtensionRule, Message, Publication
from tanggap.selectors import recipients
from tanggap.services import audit, extensions, reports
from tanggap.services.moves import MoveError
from tests import make

pytestmark = pytest.mark.django_db

# The answer is due on 21 July; seven working days later is 30 July, the day before Iduladha.
LAST = date(2020, 7, 30)
ASKING = replace(make.SAYING, plan="Menambal minggu ini, melapisi minggu depan.", new_date=date(2020, 7, 28))


def allow(*, is_on=True):
    return extensions.decide(
        actor=System(), agency_id=make.agency().pk, is_on=is_on, ground="SK Gubernur 12/2020", now=make.NOW
    )


def do(report, action, actor, move=ASKING, now=make.NOW):
    return reports.act(actor=actor, number=report.number, action=action, move=move, now=now)


def refused(why, *args, **values):
    with pytest.raises(reports.NotAllowedError) as caught:
        do(*args, **values)
    assert caught.value.reason == why


def due_on(report, clock=Clock.RESOLVE):
    row = Deadline.objects.get(report=report, clock=clock.value)
    return row.due_at.date()


def test_nobody_asks_for_more_time_where_it_was_not_allowed():
    report, unit = make.report(status=Status.IN_PROGRESS), make.liaison()
    refused(Reason.EXTENSION_OFF, report, Action.REQUEST_EXTENSION, unit)
    assert allow()
    assert not allow()
    do(report, Action.REQUEST_EXTENSION, unit)
    assert allow(is_on=False)
    refused(Reason.EXTENSION_OFF, report, Action.GRANT_EXTENSION, make.agency_admin())
    assert [rule.is_on for rule in ExtensionRule.objects.order_by("pk")] == [True, False]


def test_a_unit_asks_its_admin_gives_and_the_reporter_and_the_public_are_told_why():
    allow()
    report, unit, admin = make.report(status=Status.IN_PROGRESS), make.liaison(), make.agency_admin()
    refused(Reason.MISSING_PLAN, report, Action.REQUEST_EXTENSION, unit, replace(ASKING, plan=""))
    refused(Reason.MISSING_NEW_DATE, report, Action.REQUEST_EXTENSION, unit, replace(ASKING, new_date=None))
    refused(Reason.EXTENSION_NOT_ASKED, report, Action.GRANT_EXTENSION, admin)
    law = due_on(report, Clock.STATUTORY_MAX)
    do(report, Action.REQUEST_EXTENSION, unit)
    assert due_on(report) == date(2020, 7, 21)
    assert admin.user_id in recipients.officers(report, Audience.EXTENDERS, on=date(2020, 7, 1))
    refused(Reason.EXTENSION_ASKED, report, Action.REQUEST_EXTENSION, unit)
    after = do(report, Action.GRANT_EXTENSION, admin)
    assert (due_on(report), due_on(report, Clock.STATUTORY_MAX)) == (ASKING.new_date, law)
    assert (after.extension_count, after.due_at.date(), after.is_overdue) == (1, ASKING.new_date, False)
    assert Message.objects.filter(report=report, notice="extended", audience="reporter").exists()
    public = Publication.objects.get(report=report)
    assert public.is_extended
    kinds = {entry["kind"]: entry["text"] for entry in public.timeline}
    assert kinds["grant_extension"] == ASKING.text
    assert "request_extension" not in kinds
    (clock,) = [entry for entry in public.clocks if entry["clock"] == "resolve"]
    assert (clock["count"], clock["extended"], clock["remaining"]) == (14, 5, 19)
    audit.audit(now=make.NOW)


def test_no_date_beyond_the_rule_the_law_or_before_the_one_that_runs():
    allow()
    report, unit = make.report(status=Status.IN_PROGRESS), make.liaison()
    for day, fault in ((date(2020, 7, 21), Fault.NOT_LATER), (date(2020, 8, 3), Fault.TOO_LATE)):
        with pytest.raises(MoveError) as caught:
            do(report, Action.REQUEST_EXTENSION, unit, replace(ASKING, new_date=day))
        assert (caught.value.field, caught.value.fault) == ("new_date", fault)
    do(report, Action.REQUEST_EXTENSION, unit, replace(ASKING, new_date=LAST))
    # A supervisory complaint has sixty working days, which end after the sixty calendar days of the law.
    other = make.submit()
    make.act(other, Action.VERIFY_AND_ASSIGN, supervisory=True)
    make.act(other, Action.FOLLOW_UP)
    with pytest.raises(MoveError):
        do(other, Action.REQUEST_EXTENSION, unit, replace(ASKING, new_date=date(2020, 10, 1)))


def test_the_second_time_is_the_next_tiers_and_there_is_no_third():
    allow()
    report, unit = make.report(status=Status.IN_PROGRESS), make.liaison()
    admin, national = make.agency_admin(), make.national_admin()
    do(report, Action.REQUEST_EXTENSION, admin)
    refused(Reason.SAME_OFFICER, report, Action.GRANT_EXTENSION, admin)
    refused(Reason.NEXT_TIER_DECIDES, report, Action.GRANT_EXTENSION, national)
    do(report, Action.GRANT_EXTENSION, make.agency_admin())
    second = replace(ASKING, new_date=date(2020, 8, 5))
    do(report, Action.REQUEST_EXTENSION, unit, second)
    report.refresh_from_db()
    assert recipients.officers(report, Audience.EXTENDERS, on=date(2020, 7, 1)) == [national.user_id]
    refused(Reason.NEXT_TIER_DECIDES, report, Action.GRANT_EXTENSION, admin, second)
    do(report, Action.GRANT_EXTENSION, national, second)
    assert due_on(report) == date(2020, 8, 5)
    refused(Reason.EXTENDED_ENOUGH, report, Action.REQUEST_EXTENSION, unit, replace(ASKING, new_date=date(2020, 8, 7)))


def test_what_is_late_or_answered_is_not_extended_and_a_refusal_leaves_the_date():
    allow()
    report, unit = make.report(status=Status.IN_PROGRESS), make.liaison()
    do(report, Action.REQUEST_EXTENSION, unit)
    do(report, Action.REFUSE_EXTENSION, make.agency_admin())
    assert due_on(report) == date(2020, 7, 21)
    late = make.NOW + 30 * make.DAY
    refused(Reason.NO_TIME_TO_EXTEND, report, Action.REQUEST_EXTENSION, unit, now=late)
    make.act(report, Action.ANSWER)
    refused(Reason.WRONG_STATUS, report, Action.REQUEST_EXTENSION, unit)


def test_an_operator_switches_by_a_command_that_asks_for_a_ground(capsys):
    call_command("extension_rule", "pemprov-banten", "--on", "--ground", "SK 12")
    assert "extensions are on" in capsys.readouterr().out
    call_command("extension_rule", "pemprov-banten", "--on", "--ground", "SK 12")
    assert "already" in capsys.readouterr().out
    for arguments in (("tidak-ada", "--ground", "SK 12"), ("pemprov-banten", "--ground", " ")):
        with pytest.raises(CommandError):
            call_command("extension_rule", arguments[0], "--off", *arguments[1:])
