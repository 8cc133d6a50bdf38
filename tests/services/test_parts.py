"""A report with two matters goes two ways: nothing is lost, nobody shown, and the whole ends with its parts (T22)."""

from dataclasses import replace

import pytest

from tanggap.domain.actors import Reporter
from tanggap.domain.intake import Fault
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import SplitPart
from tanggap.domain.outcomes import Outcome, of_parts
from tanggap.domain.reasons import Reason
from tanggap.models import Attachment, Deadline, Identity, Message, NamedParty, Publication, Report
from tanggap.selectors import reports as selectors
from tanggap.services import audit, keys, parts, reports, tracking, vault
from tanggap.services.moves import MoveError
from tests import make, world

pytestmark = pytest.mark.django_db

LATER = make.NOW + make.DAY


def divided(report, now=LATER, **values):
    make.act(report, Action.SPLIT, now=now, **values)
    return list(Report.objects.filter(part_of=report.number).order_by("pk"))


def refused(why, *args, **values):
    with pytest.raises(reports.NotAllowedError) as caught:
        make.act(*args, **values)
    assert caught.value.reason == why


def running(report):
    return set(Deadline.objects.filter(report=report, stopped_at=None).values_list("clock", flat=True))


def test_each_part_has_a_number_an_owner_and_clocks_of_its_own_and_the_age_of_the_whole():
    report = make.submit(files=(world.picture(),))
    road, waste = divided(report)
    report.refresh_from_db()
    assert (report.status, report.owner_agency_id, report.due_clock) == ("split", make.agency().pk, "parts")
    assert running(report) == {"parts"}
    assert [part.owner_agency.slug for part in (road, waste)] == ["pemprov-banten", "kab-lebak"]
    for part in (road, waste):
        assert (part.status, part.received_at) == ("unverified", report.received_at)
        assert Deadline.objects.get(report=part, clock="verify").started_at == LATER
        assert part.due_at > LATER
        assert selectors.events_of(part.pk)[0].data["part_of"] == report.number
    assert Message.objects.filter(report=waste, notice="to_verify").exists()
    assert Message.objects.filter(report=report, notice="split", audience="reporter").exists()
    first, second = (
        set(Attachment.objects.filter(report=part).values_list("sha256", "is_reporters")) for part in (road, waste)
    )
    assert first == second == {(bytes(Attachment.objects.get(report=report).sha256), True)}
    make.act(
        waste, Action.VERIFY_AND_ASSIGN, unit_id=None, actor=make.national_admin(), agency_id=waste.owner_agency_id
    )
    assert "resolve" in running(waste)
    audit.audit(now=LATER)


def test_who_filed_it_is_sealed_anew_and_the_code_of_the_whole_opens_every_part():
    report = make.submit()
    vault.confirm_email(report.pk, email_hash=keys.lookup_hash("email", make.PERSON.email), now=make.NOW)
    road, waste = divided(report)
    sealed = [Identity.objects.get(report=each) for each in (report, road, waste)]
    assert len({bytes(row.wrapped_key) for row in sealed}) == 3
    assert all(row.email_confirmed_at for row in sealed)
    assert vault.own(road.pk, actor=Reporter(road.pk)) == make.PERSON
    token = keys.token_for(report.number)
    assert tracking.recognise(number=waste.number, token=token) == Reporter(waste.pk)
    assert tracking.recognise(number=waste.number, token=keys.token_for(waste.number)) == Reporter(waste.pk)
    assert tracking.recognise(number=report.number, token=keys.token_for(waste.number)) is None
    assert tracking.recognise(number=make.submit().number, token=token) is None
    assert tracking.part_of(Reporter(report.pk), waste.number) == Reporter(waste.pk)
    assert tracking.part_of(Reporter(waste.pk), report.number) == Reporter(report.pk)
    assert tracking.part_of(Reporter(waste.pk), road.number) is None
    assert (
        reports.open_identity(actor=make.agency_admin(), number=road.number, reason="Perlu.", now=LATER) == make.PERSON
    )
    assert [event.kind for event in selectors.events_of(road.pk)] == ["submit", "open_identity"]
    assert len(selectors.events_of(report.pk)) == 2


def test_parts_are_as_hidden_as_the_whole_and_closed_to_the_same_people():
    named = make.agency_admin("kab-lebak")
    report = make.submit(is_anonymous=True)
    make.act(report, Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)
    make.act(report, Action.RETURN)
    make.act(
        report, Action.VERIFY_AND_ASSIGN, actor=make.national_admin(), unit_id=None, agency_id=make.agency().pk,
        supervisory=True, named_users=(named.user_id,), named_units=(make.unit("dinkes").pk,),
    )  # fmt: skip
    for part in divided(report):
        facts = selectors.case_of(part, now=LATER).facts
        assert (facts.anonymous_by, facts.confidential_by) == ({"reporter"}, {"officer"})
        assert (part.is_anonymous, part.is_confidential, part.supervisory) == (True, True, True)
        assert NamedParty.objects.filter(report=part).count() == 2
        assert not Publication.objects.filter(report=part).exists()
        with pytest.raises(selectors.NotFoundError):
            selectors.get(viewer=named, number=part.number)
    audit.audit(now=LATER)


def test_the_whole_ends_when_all_parts_have_with_what_the_least_satisfied_part_got():
    report = make.report(status=Status.ASSIGNED)
    road, waste = divided(report)
    refused(Reason.REOPEN_A_PART, _closed(report, road, waste), Action.REOPEN, actor=make.national_admin(), now=LATER)
    report.refresh_from_db()
    assert (report.status, report.closing, report.outcome) == ("closed", "parts", Outcome.REJECTED_WITH_REASON)
    assert Publication.objects.get(report=report).outcome == Outcome.REJECTED_WITH_REASON
    make.act(road, Action.REOPEN, actor=make.national_admin(), now=LATER + make.DAY)
    assert parts.settle(now=LATER + make.DAY) == 1
    report.refresh_from_db()
    assert (report.status, report.outcome, running(report)) == ("split", "", {"parts"})
    audit.audit(now=LATER + make.DAY)


def _closed(report, road, waste):
    make.act(road, Action.VERIFY_AND_ASSIGN, now=LATER)
    make.act(road, Action.ANSWER, now=LATER)
    make.act(road, Action.CONFIRM_DONE, now=LATER)
    assert parts.settle(now=LATER) == 0
    make.act(waste, Action.ARCHIVE, now=LATER)
    assert parts.settle(now=LATER) == 1
    assert parts.settle(now=LATER) == 0
    return report


@pytest.mark.parametrize(
    ("outcomes", "whole"),
    [
        (["fixed", "fixed"], Outcome.FIXED),
        (["fixed", "scheduled", "explained"], Outcome.SCHEDULED),
        (["fixed", ""], Outcome.REJECTED_WITH_REASON),
        (["withdrawn", "fixed"], Outcome.FIXED),
        (["withdrawn", "withdrawn"], Outcome.WITHDRAWN),
    ],
)
def test_what_became_of_the_whole(outcomes, whole):
    assert of_parts(outcomes) == whole


def test_what_is_offered_or_a_part_already_or_one_matter_is_not_divided():
    offered = make.report(status=Status.ASSIGNED)
    make.act(offered, Action.TRANSFER, text="Jalan ini jalan kabupaten.", agency_id=make.agency("kab-lebak").pk,
             masked={"text": ()}, checks_answered=True)  # fmt: skip
    refused(Reason.OFFER_RUNS, offered, Action.SPLIT)
    report = make.submit()
    for wrong, fault in (
        ((SplitPart("Jalan rusak", 0), *make.halves()), Fault.UNKNOWN),
        ((SplitPart("x" * 400, make.agency().pk), *make.halves()), Fault.TOO_LONG),
        (make.halves() * 4, Fault.TOO_MANY),
    ):
        with pytest.raises(MoveError) as caught:
            make.act(report, Action.SPLIT, parts=wrong)
        assert (caught.value.field, caught.value.fault) == ("parts", fault)
    refused(Reason.MISSING_PARTS, report, Action.SPLIT, parts=make.halves()[:1])
    assert not Report.objects.exclude(part_of="").exists()
    move = replace(make.MOVES[Action.SPLIT], parts=(*make.halves(),))
    with pytest.raises(MoveError):
        reports.act(actor=make.agency_admin(), number=report.number, action=Action.SPLIT, move=move, now=make.NOW)
    road, _waste = divided(report)
    refused(Reason.IS_A_PART, road, Action.SPLIT)
    refused(Reason.WRONG_STATUS, report, Action.SPLIT)
    refused(Reason.WRONG_STATUS, report, Action.ANSWER, actor=make.agency_admin())
