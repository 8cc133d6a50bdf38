"""One office leads and others help: they read and write, never answer, and stay outside what is about them (T23)."""

from dataclasses import replace
from datetime import date

import pytest

from tanggap.domain import queues
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move
from tanggap.domain.policy import choices
from tanggap.domain.reasons import Reason
from tanggap.models import Message, Publication
from tanggap.selectors import counters, recipients
from tanggap.selectors import reports as selectors
from tanggap.selectors.queues import Filters, list_
from tanggap.selectors.reports import NotFoundError
from tanggap.services import audit, reports
from tests import make

pytestmark = pytest.mark.django_db

LEBAK = "kab-lebak"
ASK = Move(text="Mohon data aset jalan di ruas ini.")


def help_by(report, *, unit="", agency="", actor=None, action=Action.ADD_SUPPORT, **values):
    office = {"unit_id": make.unit(unit).pk} if unit else {"agency_id": make.agency(agency).pk}
    admin = actor or make.agency_admin()
    return reports.act(
        actor=admin, number=report.number, action=action, move=replace(ASK, **office, **values), now=make.NOW
    )


def refused(why, *args, **values):
    with pytest.raises(reports.NotAllowedError) as caught:
        help_by(*args, **values)
    assert caught.value.reason == why


def may(actor, report):
    return set(
        choices(actor=actor, case=selectors.case_of(selectors.get(viewer=actor, number=report.number), now=make.NOW))
    )


def listed(viewer):
    rows = list_(viewer=viewer, filters=Filters(queue=queues.SUPPORTED)).rows
    assert counters.desk(viewer).queues["mendukung"] == len(rows)
    return [row.number for row in rows]


def test_who_helps_reads_and_writes_and_neither_answers_nor_looks_who_filed_it():
    report = make.report(status=Status.ASSIGNED)
    unit, lebak = make.liaison("dinkes"), make.agency_admin(LEBAK)
    with pytest.raises(NotFoundError):
        selectors.get(viewer=unit, number=report.number)
    due = report.due_at
    help_by(report, unit="dinkes")
    helped = help_by(report, agency=LEBAK)
    assert (helped.owner_unit_id, helped.due_at, helped.status) == (make.unit().pk, due, "assigned")
    for actor in (unit, lebak):
        assert may(actor, report) == {Action.CONTRIBUTE, Action.SUPPORT_FOLLOW_UP}
        assert listed(actor) == [report.number]
    assert listed(make.agency_admin()) == []
    assert listed(make.liaison()) == []
    assert recipients.supporters(report, {"agency": lebak.agency_id, "unit": None}, on=date(2020, 7, 1)) == [
        lebak.user_id
    ]
    assert Message.objects.filter(report=report, notice="support_asked", audience="supporter").count() == 2
    audit.audit(now=make.NOW)


def test_what_helpers_write_is_inside_or_public_by_its_own_check():
    report = make.report(status=Status.ASSIGNED)
    help_by(report, unit="dinkes")
    unit = make.liaison("dinkes")
    make.act(report, Action.CONTRIBUTE, actor=unit, text="Ruas ini milik provinsi menurut peta kami.")
    with pytest.raises(reports.NotAllowedError) as caught:
        make.act(report, Action.SUPPORT_FOLLOW_UP, actor=unit, text="Hubungi Pak Budi di 081234567890 pada jam kerja.")
    assert caught.value.reason == Reason.MISSING_CHECKS
    move = replace(make.SAYING, text="Kami sudah mengukur kerusakan di lapangan.")
    after = reports.act(actor=unit, number=report.number, action=Action.SUPPORT_FOLLOW_UP, move=move, now=make.NOW)
    assert after.status == "assigned"
    public = Publication.objects.get(report=report)
    told = {entry["kind"]: entry for entry in public.timeline}
    assert told["support_follow_up"]["text"] == move.text
    assert told["add_support"]["supporter"] == {"agency": make.agency().pk, "unit": make.unit("dinkes").pk}
    assert "contribute" not in told
    assert {clock["clock"] for clock in public.clocks if not clock["stopped_at"]} >= {"first_followup", "resolve"}


def test_who_has_a_report_or_helps_already_is_not_asked_and_removal_is_an_event():
    report = make.report(status=Status.ASSIGNED)
    refused(Reason.SUPPORTS_ALREADY, report, unit="dpupr")
    refused(Reason.SUPPORTS_ALREADY, report, agency="pemprov-banten")
    refused(Reason.NOT_SUPPORTING, report, unit="dinkes", action=Action.END_SUPPORT)
    help_by(report, unit="dinkes")
    refused(Reason.SUPPORTS_ALREADY, report, unit="dinkes")
    unit = make.liaison("dinkes")
    help_by(report, unit="dinkes", action=Action.END_SUPPORT)
    with pytest.raises(NotFoundError):
        selectors.get(viewer=unit, number=report.number)
    assert listed(unit) == []
    assert [entry["kind"] for entry in Publication.objects.get(report=report).timeline][-1] == "end_support"


def test_units_help_within_their_agency_and_stop_when_it_hands_the_report_on():
    report = make.report(status=Status.ASSIGNED)
    help_by(report, unit="dinkes")
    help_by(report, agency=LEBAK)
    make.act(report, Action.TRANSFER, text="Jalan ini jalan kabupaten.", agency_id=make.agency(LEBAK).pk, **_said())
    after = make.act(report, Action.ACCEPT_TRANSFER, actor=make.agency_admin(LEBAK))
    assert (after.supporting_unit_ids, after.supporting_agency_ids) == ([], [])
    with pytest.raises(NotFoundError):
        selectors.get(viewer=make.liaison("dinkes"), number=report.number)
    audit.audit(now=make.NOW)


def _said():
    return {"masked": {"text": ()}, "checks_answered": True}


def test_a_secret_report_is_as_closed_to_a_helper_who_is_named_as_to_anybody():
    named, other = make.agency_admin(LEBAK), make.agency_admin(LEBAK)
    report = make.submit(is_confidential=True, is_anonymous=True)
    make.act(report, Action.RETURN)
    national = make.national_admin()
    make.act(
        report, Action.VERIFY_AND_ASSIGN, actor=national, unit_id=None, agency_id=make.agency().pk,
        supervisory=True, named_users=(named.user_id,), named_units=(make.unit("dinkes").pk,),
    )  # fmt: skip
    refused(Reason.DESTINATION_IS_NAMED, report, unit="rsud-banten")
    help_by(report, agency=LEBAK, actor=national)
    assert may(other, report) == {Action.CONTRIBUTE, Action.SUPPORT_FOLLOW_UP}
    with pytest.raises(NotFoundError):
        selectors.get(viewer=named, number=report.number)
    assert listed(named) == []
    assert not Publication.objects.filter(report=report).exists()
