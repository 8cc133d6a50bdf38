"""What a report is can be corrected after its verification; the time limit of the answer follows (T24)."""

from dataclasses import replace

import pytest

from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.reasons import Reason
from tanggap.models import Deadline, Message, Publication
from tanggap.services import audit, reports
from tests import make

pytestmark = pytest.mark.django_db


def correct(report, *, actor=None, now=make.NOW, **values):
    move = replace(
        make.SAYING,
        text="Setelah dibaca ulang, ini permintaan informasi.",
        category_code=make.category(),
        classification=Classification.COMPLAINT,
        supervisory=False,
    )
    return reports.act(
        actor=actor or make.agency_admin(),
        number=report.number,
        action=Action.RECLASSIFY,
        move=replace(move, **values),
        now=now,
    )


def due(report):
    clock = Deadline.objects.get(report=report, clock="resolve")
    return clock.run, clock.count, clock.started_at, clock.due_at.astimezone().date().isoformat()


def refused(why, act, *args, **values):
    with pytest.raises(reports.NotAllowedError) as caught:
        act(*args, **values)
    assert caught.value.reason == why


def test_a_complaint_that_turns_out_supervisory_gets_sixty_days_from_the_same_start():
    report = make.report(status=Status.ASSIGNED)
    assert due(report) == (1, 14, make.NOW, "2020-07-21")
    correct(report, supervisory=True, now=make.NOW + 3 * make.DAY)
    assert due(report) == (1, 60, make.NOW, "2020-09-29")


def test_a_limit_is_never_shortened_below_two_working_days_from_now():
    report = make.report(status=Status.ASSIGNED)
    # Five working days from 1 July are over on 13 July.
    late = make.NOW.replace(day=13)
    correct(report, classification=Classification.INFORMATION_REQUEST, supervisory=None, now=late)
    assert due(report) == (1, 5, make.NOW, "2020-07-15")


def test_the_row_the_public_page_and_the_mail_follow():
    report = make.report(status=Status.IN_PROGRESS)
    correct(report, classification=Classification.ASPIRATION, supervisory=None)
    report.refresh_from_db()
    assert (report.classification, report.supervisory) == ("aspiration", None)
    publication = Publication.objects.get(report=report)
    assert publication.classification == "aspiration"
    assert [entry["text"] for entry in publication.timeline if entry["kind"] == "reclassify"] == [
        "Setelah dibaca ulang, ini permintaan informasi."
    ]
    assert Message.objects.filter(report=report, notice="reclassified").exists()
    audit.audit(now=make.NOW)


@pytest.mark.parametrize(
    "values", [{"supervisory": False}, {"classification": Classification.ASPIRATION, "supervisory": None}]
)
def test_misconduct_is_not_waved_away_by_the_agency_alone(values):
    report = make.submit()
    make.act(report, Action.VERIFY_AND_ASSIGN, supervisory=True)
    refused(Reason.STAYS_SUPERVISORY, correct, report, **values)
    correct(report, actor=make.national_admin(), **values)


def test_a_correction_that_changes_nothing_is_none():
    refused(Reason.NOTHING_CHANGES, correct, make.report(status=Status.ASSIGNED))


def test_an_answered_report_is_what_it_was_answered_as():
    refused(Reason.WRONG_STATUS, correct, make.report(status=Status.ANSWERED), supervisory=True)


def test_a_unit_proposes_in_words_and_does_not_correct_itself():
    refused(Reason.NOT_YOUR_ROLE, correct, make.report(status=Status.ASSIGNED), actor=make.liaison(), supervisory=True)
