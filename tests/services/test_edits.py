"""A report that its reporter writes anew before anybody has verified it: nothing is lost, and nothing old leaks."""

from datetime import date

import pytest

from tanggap.domain.actors import Reporter
from tanggap.domain.edits import MOST_EDITS
from tanggap.domain.exports import Layout
from tanggap.domain.intake import Classification, Fault
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.reasons import Reason
from tanggap.models import DeskSearch, Event, EventText, Message, Report
from tanggap.selectors import dossiers, filed_words, own_reports
from tanggap.selectors.queues import Filters
from tanggap.services import audit, edits, exports, finding, reports
from tanggap.services.submissions import FaultsError
from tests import make
from tests.make import DAY, NOW

pytestmark = pytest.mark.django_db

OLD = "Jalan di depan rumah Pak Sumarni, telepon 081234567890, berlubang dalam sejak lama."
NEW = "Jalan di depan pasar berlubang sedalam 20 sentimeter, dua motor jatuh, telepon 08987654321."


def filed(**values):
    return make.submit(body=OLD, **values)


def edit(report, *, now=NOW, seen=None, **values):
    told = make.incoming(**{"title": "Jalan berlubang di depan pasar", "body": NEW, "location": "", **values})
    seen = Report.objects.get(pk=report.pk).event_count if seen is None else seen
    return edits.edit(actor=Reporter(report.pk), number=report.number, report=told, seen=seen, now=now)


class TestEditing:
    def test_the_report_is_what_it_says_now_and_what_it_said_stays_on_record(self):
        report = filed()
        edit(report, classification=Classification.ASPIRATION, event_date=date(2020, 6, 1), now=NOW + DAY)
        report = Report.objects.get(pk=report.pk)
        assert (report.title, report.classification) == ("Jalan berlubang di depan pasar", "aspiration")
        assert report.event_date == date(2020, 6, 1)
        case = dossiers.get(viewer=make.agency_admin(), number=report.number, now=NOW + DAY)
        assert case.texts[1, "body"] == NEW
        assert (1, "location") not in case.texts, "what was taken out is out"
        (before,) = case.versions
        assert (before.words["body"], before.words["location"]) == (OLD, "Depan Pasar Badak")
        assert EventText.objects.get(event__report=report, event__seq=1, field="body").text == OLD
        audit.audit(now=NOW + DAY)

    def test_its_clock_runs_on_and_nobody_is_told(self):
        report = filed()
        due, told = report.due_at, Message.objects.count()
        edit(report, now=NOW + DAY)
        assert (Report.objects.get(pk=report.pk).due_at, Message.objects.count()) == (due, told)

    def test_the_event_says_codes_and_no_person(self):
        report = filed()
        edit(report)
        event = Event.objects.get(report=report, kind="edit")
        assert (event.role, event.user_id, event.visibility) == ("reporter", None, "reporter")
        assert set(event.commitments) == {"title", "body"}

    def test_what_cannot_be_taken_is_refused_and_nothing_is_stored(self):
        report = filed()
        with pytest.raises(FaultsError) as refused:
            edit(report, body="Pendek.", event_date=date(2020, 7, 2), area_code="99", category_code="nonsense")
        assert dict(refused.value.faults) == {
            "body": Fault.TOO_SHORT,
            "event_date": Fault.FUTURE,
            "area_code": Fault.UNKNOWN,
            "category": Fault.UNKNOWN,
        }
        with pytest.raises(FaultsError) as refused:
            edit(report, event_date=date(1900, 1, 1))
        assert refused.value.faults == [("event_date", Fault.LONG_AGO)]
        with pytest.raises(FaultsError) as refused:
            edit(report, event_date=date(2020, 7, 2), now=NOW + DAY)
        assert refused.value.faults == [("event_date", Fault.AFTER_RECEIPT)]
        assert Report.objects.get(pk=report.pk).event_count == 1

    def test_the_same_again_is_no_edit_and_many_are_too_many(self):
        report = filed()
        edit(report)
        with pytest.raises(reports.NotAllowedError) as refused:
            edit(report, seen=1)
        assert refused.value.reason == Reason.NOTHING_CHANGES
        for n in range(MOST_EDITS - 1):
            edit(report, solution=f"Ditambal, kali {n}.")
        with pytest.raises(reports.NotAllowedError) as refused:
            edit(report)
        assert refused.value.reason == Reason.EDITED_ENOUGH


class TestUntilVerified:
    @pytest.mark.parametrize(
        "road",
        [
            (Action.VERIFY_AND_ASSIGN, Action.RETURN),
            (Action.ARCHIVE, Action.APPEAL),
        ],
    )
    def test_what_was_verified_or_judged_is_not_edited_when_it_comes_back(self, road):
        report = make.submit()
        for action in road:
            make.act(report, action)
        assert Report.objects.get(pk=report.pk).status == Status.UNVERIFIED
        with pytest.raises(reports.NotAllowedError) as refused:
            edit(report)
        assert refused.value.reason == Reason.ALREADY_VERIFIED

    def test_neither_a_part_nor_another_report_is_edited(self):
        whole = make.act(filed(), Action.SPLIT)
        part = Report.objects.get(part_of=whole.number, owner_agency__slug="kab-lebak")
        with pytest.raises(reports.NotAllowedError):
            edit(part)
        with pytest.raises(LookupError):
            edits.edit(actor=Reporter(part.pk), number=filed().number, report=make.incoming(body=NEW), seen=1, now=NOW)

    def test_an_officer_whose_form_is_open_meanwhile_verifies_nothing_unseen(self):
        report = filed()
        edit(report)
        with pytest.raises(reports.MovedOnError):
            reports.act(
                actor=make.agency_admin(),
                number=report.number,
                action=Action.VERIFY_AND_ASSIGN,
                move=make.verified(),
                seen=1,
                now=NOW,
            )

    def test_a_finding_of_the_new_words_has_to_be_answered_whatever_the_old_ones_held(self):
        report = filed()
        edit(report)
        old = {"title": (), "body": ((OLD.index("0812"), OLD.index(",", 45), "phone"),), "location": ()}
        with pytest.raises(reports.NotAllowedError) as refused:
            make.act(report, Action.VERIFY_AND_ASSIGN, masked=old)
        assert refused.value.reason == Reason.MISSING_CHECKS


def verified_anew(**values):
    """Return a report that was edited, and then verified with the telephone number of the new words masked."""
    report = filed(**values)
    edit(report)
    span = (NEW.index("0898"), NEW.index("0898") + 11, "phone")
    return make.act(report, Action.VERIFY_AND_ASSIGN, masked={"title": (), "body": (span,), "location": ()})


class TestNothingOldLeaks:
    def test_the_public_reads_the_new_words_alone(self):
        report = verified_anew()
        shown = report.publication
        assert "sedalam 20 sentimeter" in shown.body
        assert "0898" not in shown.body
        assert "Sumarni" not in shown.body + str(shown.timeline)
        assert [entry["kind"] for entry in shown.timeline] == ["submit", "verify_and_assign"]
        audit.audit(now=NOW)

    def test_an_export_the_search_the_account_and_the_parts_hold_the_new_words_alone(self):
        report = verified_anew()
        (line,) = exports.lines(actor=make.liaison(), filters=Filters(is_whole=True), now=NOW)
        told = " ".join(line.cells(Layout.SP4N))
        assert "sedalam 20 sentimeter" in told
        assert not {"Sumarni", "0898"} & set(told.replace(",", " ").split())
        finding.index()
        assert "sumarni" not in str(DeskSearch.objects.values_list("words", flat=True).get(report=report))
        own = own_reports.get(viewer=Reporter(report.pk), now=NOW)
        assert own.words["body"] == NEW
        assert filed_words.of([report.pk]) == {report.pk: {"title": "Jalan berlubang di depan pasar", "body": NEW}}

    def test_a_report_that_was_edited_is_divided_as_it_stands(self):
        report = filed()
        edit(report)
        make.act(report, Action.SPLIT)
        bodies = EventText.objects.filter(event__report__part_of=report.number, field="body")
        assert set(bodies.values_list("text", flat=True)) == {NEW}
