"""A province verifies for a regency that is late: what it leaves behind, and who knows of what until then."""

from dataclasses import replace
from datetime import date

import pytest

from tanggap.domain import queues
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notes import Audience
from tanggap.models import Agency, Event, Message, NamedParty, OversightEdge, Publication, Report
from tanggap.selectors import counters, desk_search, dossiers, reports
from tanggap.selectors import queues as lists
from tanggap.selectors.queues import Filters
from tanggap.services import audit, exports, notes, reminders, tags
from tanggap.services import reports as services
from tests import make
from tests.rights import owning
from tests.world import late_report

pytestmark = pytest.mark.django_db

REGENCY = "kab-tangerang"
QUEUE = Filters(queue=queues.IN_PLACE)


def _pk(slug: str) -> int:
    return Agency.objects.get(slug=slug).pk


def verify(report, actor):
    return make.act(report, Action.VERIFY_AND_ASSIGN, actor=actor, unit_id=make.unit("disdik", REGENCY).pk)


def knows(viewer, report) -> bool:
    """Say whether somebody may open a report; the list and the number of the queue must say the same."""
    rows = [row.number for row in lists.list_(viewer=viewer, filters=QUEUE).rows]
    assert counters.desk(viewer).queues.get("menggantikan", 0) == len(rows)
    try:
        opened = dossiers.get(viewer=viewer, number=report.number, now=make.NOW, also_in_place=True)
    except reports.NotFoundError:
        assert report.number not in rows
        return False
    assert rows == ([report.number] if opened.is_in_place else [])
    return True


def test_the_report_goes_to_a_unit_of_the_regency_and_the_record_says_who_stood_in():
    report, province = late_report(make.NOW), make.agency_admin()
    after = verify(report, province)
    assert (after.status, after.owner_agency.slug, after.owner_unit.slug) == (Status.ASSIGNED, REGENCY, "disdik")
    event = Event.objects.filter(report=report).latest("seq")
    assert (event.agency_id, event.user_id) == (make.agency().pk, province.user_id)
    assert event.data["in_place_of"] == _pk(REGENCY)
    told = Publication.objects.get(report=report).timeline[-1]
    assert (told["agency"], told["in_place_of"]) == (make.agency().pk, _pk(REGENCY))
    assert Message.objects.filter(report=report, notice="new_work").exists()
    assert not knows(province, report), "it is the regency's again"
    audit.audit(now=make.NOW)


def test_only_what_is_late_and_not_secret_is_known_and_only_in_its_own_province():
    report, province = late_report(make.NOW), make.agency_admin()
    assert knows(province, report)
    others = {
        "the regency's own": (make.agency_admin(REGENCY), True),
        "the national admin": (make.national_admin(), True),
        "another province": (make.agency_admin("pemprov-jawa-barat"), False),
        "the ministry": (make.agency_admin("kemendagri"), False),
        "a unit of the province": (make.liaison(), False),
    }
    assert {who: knows(viewer, report) for who, (viewer, _may) in others.items()} == {
        who: may for who, (_viewer, may) in others.items()
    }
    NamedParty.objects.create(report=report, user_id=province.user_id)
    assert not knows(province, report), "who is named"
    second = make.agency_admin()
    assert knows(second, report)
    for why, other in {
        "in time": make.submit(destination_id=_pk(REGENCY)),
        "secret": late_report(make.NOW, is_confidential=True),
    }.items():
        assert not reports.in_place(viewer=second).filter(pk=other.pk).exists(), why
        with pytest.raises(reports.NotFoundError):
            verify(other, second)


@pytest.mark.parametrize(
    ("begins", "ends", "may"),
    [
        (date(2020, 7, 1), date(2020, 7, 1), True),
        (date(2020, 6, 1), date(2020, 6, 30), False),
        (date(2020, 7, 2), None, False),
    ],
)
def test_an_edge_counts_from_its_first_day_to_its_last(begins, ends, may):
    report = late_report(make.NOW)
    edge = OversightEdge.objects.filter(overseen__slug=REGENCY, overseer__slug="pemprov-banten")
    with owning():
        edge.update(valid_from=begins, valid_to=ends)
    province = make.agency_admin()
    assert knows(province, report) is may
    assert (_pk(REGENCY) in make.regional_overseer().overseen) is may
    if not may:
        with pytest.raises(reports.NotFoundError):
            verify(report, province)


def test_a_report_that_is_late_by_another_clock_alone_is_not_known():
    """An appeal revives the clock of the answer, while the verification has just begun anew (ADR 0016)."""
    begun, unit = make.NOW - 21 * make.DAY, make.unit("disdik", REGENCY).pk
    report = make.submit(now=begun, destination_id=_pk(REGENCY), event_date=date(2020, 6, 1))
    make.act(report, Action.VERIFY_AND_ASSIGN, now=begun, unit_id=unit)
    make.act(report, Action.ARCHIVE, now=make.NOW - 2 * make.DAY)
    make.act(report, Action.APPEAL, now=make.NOW - make.DAY)
    reminders.flag_overdue(now=make.NOW)
    report.refresh_from_db()
    assert (report.status, report.is_overdue, report.due_clock) == (Status.UNVERIFIED, True, "resolve")
    assert not knows(make.agency_admin(), report)


def test_every_other_act_is_for_an_unknown_report():
    report, province = late_report(make.NOW), make.agency_admin()
    for action in (
        *(Action.MANAGE_SELF, Action.RETURN, Action.ARCHIVE, Action.PROPOSE_ARCHIVE, Action.REQUEST_DATA),
        *(Action.SET_VISIBILITY, Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL, Action.TAKE, Action.NUDGE),
    ):
        with pytest.raises(reports.NotFoundError):
            services.act(actor=province, number=report.number, action=action, move=make.verified(), now=make.NOW)
    with pytest.raises(reports.NotFoundError):
        make.act(report, Action.SPLIT, actor=province)
    with pytest.raises(reports.NotFoundError):
        notes.write(actor=province, number=report.number, text="Halo", audience=Audience.AGENCY, now=make.NOW)
    with pytest.raises(reports.NotFoundError):
        tags.hang(actor=province, number=report.number, word="jalan", now=make.NOW)
    assert Report.objects.get(pk=report.pk).event_count == 1


def test_the_report_stands_in_one_queue_and_in_nothing_that_is_searched_or_taken_along():
    report, province = late_report(make.NOW), make.agency_admin()
    assert not reports.visible(viewer=province).exists()
    assert desk_search.by_number(viewer=province, query=report.number) == ""
    assert not desk_search.list_(viewer=province, filters=replace(desk_search.NOTHING, words="jalan rusak")).rows
    listed = {queue.code: lists.list_(viewer=province, filters=Filters(queue=queue)).rows for queue in queues.QUEUES}
    assert [code for code, rows in listed.items() if rows] == ["menggantikan"]
    assert {code: n for code, n in counters.desk(province).queues.items() if n} == {"menggantikan": 1}
    assert not lists.rows_of(province, QUEUE).exists()
    assert exports.count(viewer=province, filters=QUEUE, most=10) == 0
    assert list(exports.lines(actor=province, filters=QUEUE, now=make.NOW)) == []


def test_a_national_admin_who_verifies_says_so_too():
    report = late_report(make.NOW)
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=make.national_admin(), unit_id=None, agency_id=_pk(REGENCY))
    assert Event.objects.filter(report=report).latest("seq").data["in_place_of"] == _pk(REGENCY)
