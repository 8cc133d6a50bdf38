"""What a report is can be corrected after its verification; the time limit of the answer follows (T24)."""

from dataclasses import replace

import pytest

from tanggap.domain import queues
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Audience
from tanggap.domain.reasons import Reason
from tanggap.models import Deadline, Message, Publication, Report
from tanggap.selectors import queues as lists
from tanggap.selectors import recipients
from tanggap.selectors import reports as report_selectors
from tanggap.services import audit, clusters, reports
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


class TestWhomItIsAbout:
    """What comes to light while a report is handled closes it to whom it is about, as at the verification."""

    def sees(self, actor, report):
        return bool(report_selectors.known(viewer=actor, numbers=[report.number]))

    def test_the_unit_that_has_it_is_named_and_the_inspectorate_gets_it_in_the_same_act(self):
        liaison, auditor = make.liaison(), make.auditor()
        report = make.report(status=Status.IN_PROGRESS)
        before = due(report)[2]
        correct(report, supervisory=True, named_users=(liaison.user_id,), named_units=(make.unit().pk,))
        report.refresh_from_db()
        assert (report.status, report.owner_unit) == (Status.IN_PROGRESS, make.unit("inspektorat"))
        assert set(report.named.values_list("user_id", "unit_id")) == {
            (liaison.user_id, None),
            (None, make.unit().pk),
        }
        assert not self.sees(liaison, report)
        assert self.sees(auditor, report)
        assert report.number in {
            row.number for row in lists.list_(viewer=auditor, filters=lists.Filters(queue=queues.OWED)).rows
        }
        assert due(report)[2] == before, "the clock of the answer is the same"
        assert Message.objects.filter(report=report, notice="new_work", event__kind="hand_over").count() == 1
        assert recipients.officers(report, Audience.OWNER, on=make.NOW.date()) == [auditor.user_id]
        shown = str(Publication.objects.get(report=report).timeline)
        assert "named" not in shown
        audit.audit(now=make.NOW)

    def test_without_an_inspectorate_that_may_have_it_the_admin_finds_a_unit(self):
        admin, auditor = make.agency_admin(), make.auditor()
        report = make.report(status=Status.ASSIGNED)
        named = (make.unit().pk, make.unit("inspektorat").pk)
        correct(report, actor=admin, supervisory=True, named_units=named)
        report.refresh_from_db()
        assert (report.status, report.owner_agency, report.owner_unit) == (Status.ASSIGNED, make.agency(), None)
        assert not self.sees(auditor, report)
        assert self.sees(admin, report)

    def test_names_are_added_to_what_is_supervisory_already_and_who_works_on_it_lets_go(self):
        report = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, supervisory=True, unit_id=make.unit("dinkes").pk)
        liaison = make.liaison("dinkes")
        make.act(report, Action.TAKE, actor=liaison)
        make.auditor()
        correct(report, supervisory=True, named_users=(liaison.user_id,))
        report.refresh_from_db()
        assert (report.owner_unit, report.assignee) == (make.unit("inspektorat"), None)
        refused(Reason.NOTHING_CHANGES, correct, report, supervisory=True, named_users=(liaison.user_id,))

    def test_when_all_admins_are_named_it_goes_to_the_next_tier(self):
        admin = make.agency_admin()
        report = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, actor=admin)
        correct(report, actor=admin, supervisory=True, named_users=(admin.user_id,))
        report.refresh_from_db()
        assert (report.status, report.owner_agency.slug) == (Status.UNVERIFIED, "admin-nasional")

    @pytest.mark.parametrize(
        "values", [{"supervisory": False}, {"classification": Classification.ASPIRATION, "supervisory": None}]
    )
    def test_names_belong_to_misconduct_alone(self, values):
        report = make.report(status=Status.ASSIGNED)
        refused(Reason.NAMES_UNSUPERVISED, correct, report, named_units=(make.unit().pk,), **values)
        assert not Report.objects.get(pk=report.pk).named.exists()

    def test_what_is_about_somebody_is_handled_together_with_nothing_else(self):
        admin = make.agency_admin()
        lead, member = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
        clusters.merge(actor=admin, lead=lead.number, members=[member.number], now=make.NOW)
        correct(member, actor=admin, supervisory=True, named_units=(make.unit("dinkes").pk,))
        member.refresh_from_db()
        assert member.cluster_lead is None
        audit.audit(now=make.NOW)

    def test_what_the_named_one_wrote_is_not_released_any_more(self):
        report, liaison = make.report(status=Status.ASSIGNED), make.liaison()
        make.act(report, Action.ANSWER, actor=liaison, text="Silakan menghubungi instansi terkait.")
        report.refresh_from_db()
        correct(report, supervisory=True, named_users=(liaison.user_id,))
        refused(Reason.NOTHING_HELD, make.act, report, Action.RELEASE_ANSWER, actor=make.agency_admin())
