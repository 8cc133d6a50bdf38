"""Figures and lists of those who look: what they may know of is counted and listed, and nothing else shows."""

from datetime import timedelta

import pytest

from tanggap.domain.lifecycle import Action, Family, Status
from tanggap.selectors import oversight, overview, reports
from tanggap.selectors.oversight import Filters
from tanggap.services import counters, reminders
from tanggap.services.redaction import find
from tests import make

pytestmark = pytest.mark.django_db

LATER = make.NOW + timedelta(days=40)


def _secret():
    return make.submit(is_anonymous=True, is_confidential=True)


def _row(viewer, agency):
    return next((row for row in overview.board(viewer=viewer) if row.office_id == agency.pk), None)


def test_secret_reports_are_a_number_apart_that_is_not_told_while_it_is_small():
    home = make.agency()
    viewer = make.regional_overseer("admin-nasional")
    make.submit()
    for many in range(1, 6):
        _secret()
        row = _row(viewer, home)
        assert (row.families[Family.UNVERIFIED], row.open) == (1, 1), "what is secret is in no family"
        assert row.secret == (None if many < 5 else 5)
    assert row.secret_overdue is None
    reminders.flag_overdue(now=LATER)
    counters.fold()
    row = _row(viewer, home)
    assert (row.overdue, row.secret_overdue) == (1, 5)
    assert row.oldest_due is not None
    assert overview.totals([row]).secret is None, "a sum would tell what a row does not"


def test_a_head_sees_the_own_office_and_an_evaluator_the_agencies_of_the_edges():
    make.report(status=Status.ASSIGNED)
    elsewhere = make.agency("kab-tangerang")
    make.submit(destination_id=elsewhere.pk)
    dpupr = make.unit().pk
    assert [row.office_id for row in overview.board(viewer=make.head("dpupr"))] == [dpupr]
    assert [row.office_id for row in overview.board(viewer=make.head("dindikbud"))] == []
    assert _row(make.regional_overseer(), make.agency()) is None, "a province does not oversee itself"
    assert _row(make.regional_overseer(), elsewhere).open == 1
    both = {row.office_id for row in overview.board(viewer=make.evaluator())}
    assert both == {make.agency().pk, elsewhere.pk}
    assert both == {row.office_id for row in overview.board(viewer=make.ombudsman())}
    assert list(oversight.list_(viewer=make.evaluator(), filters=Filters()).rows) == []


def test_lists_hold_what_the_viewer_may_know_and_titles_that_are_public():
    public, secret, fresh = make.report(status=Status.ASSIGNED), make.report(status=Status.UNVERIFIED), make.submit()
    make.act(secret, Action.VERIFY_AND_ASSIGN, is_confidential=True)
    regional, head = make.regional_overseer("admin-nasional"), make.head("dpupr")
    seen = {row.number: row.title for row in oversight.list_(viewer=regional, filters=Filters()).rows}
    assert seen == {public.number: "Jalan rusak di depan pasar", fresh.number: ""}
    mine = {row.number: row.title for row in oversight.list_(viewer=head, filters=Filters()).rows}
    assert mine == {public.number: "Jalan rusak di depan pasar", secret.number: ""}
    first = oversight.list_(viewer=regional, filters=Filters(agency_id=make.agency().pk), size=1)
    rest = oversight.list_(viewer=regional, filters=Filters(agency_id=make.agency().pk), after=first.after, size=1)
    assert {first.rows[0].number, rest.rows[0].number} == {public.number, fresh.number}
    assert rest.after == ""


def test_a_report_is_read_as_far_as_the_viewer_may_and_a_named_one_not_at_all():
    head, regional = make.head("dpupr"), make.regional_overseer("admin-nasional")
    body = "Hubungi Pak Budi Santoso di 081298765432. Jalan ini berlubang sejak lama sekali."
    report = make.submit(body=body)
    waits = oversight.get(viewer=regional, number=report.number, now=make.NOW)
    assert (waits.title, waits.words, waits.said) == ("", {}, {}), "no admin has checked it"
    marked = tuple((found.start, found.end, found.kind.value) for found in find(body))
    make.act(report, Action.VERIFY_AND_ASSIGN, masked={"title": (), "body": marked, "location": ()})
    make.act(report, Action.FOLLOW_UP)
    seen = oversight.get(viewer=regional, number=report.number, now=make.NOW)
    assert "081298765432" not in seen.words["body"]
    assert "Budi" not in seen.words["body"]
    assert "Jalan ini berlubang" in seen.words["body"]
    mine = oversight.get(viewer=head, number=report.number, now=make.NOW)
    assert mine.words["body"] == seen.words["body"]
    assert list(mine.said.values()) == [make.SAYING.text]
    make.act(report, Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)
    hidden = oversight.get(viewer=head, number=report.number, now=make.NOW)
    assert (hidden.title, hidden.words, hidden.said) == ("", {}, {})
    with pytest.raises(reports.NotFoundError):
        oversight.get(viewer=regional, number=report.number, now=make.NOW)
    named = make.submit()
    make.act(named, Action.VERIFY_AND_ASSIGN, supervisory=True, named_users=(head.user_id,))
    with pytest.raises(reports.NotFoundError):
        oversight.get(viewer=head, number=named.number, now=make.NOW)
    assert sum(row.open for row in overview.board(viewer=head)) == 1, "nor is it in a count"
