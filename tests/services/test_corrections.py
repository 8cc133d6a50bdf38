"""A correction is seen before it is made, and what was seen as misconduct is cleared by a second person (T24, D3.7)."""

import pytest

from tanggap.domain.case import project
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.reasons import Reason
from tanggap.models import Agency, Deadline, Event, Report
from tanggap.selectors import reports as report_selectors
from tanggap.selectors import suggestions
from tanggap.services import corrections, reports
from tests import make
from tests.services.test_reclassify import correct, refused

pytestmark = pytest.mark.django_db


def move(**values):
    return make.verified(text="Setelah dibaca ulang.", unit_id=None, masked={"text": ()}, **values)


def test_the_preview_says_what_the_act_then_does_and_writes_nothing():
    report, admin = make.report(status=Status.ASSIGNED), make.agency_admin()
    later = make.NOW + 3 * make.DAY
    before = Event.objects.count()
    found = corrections.preview(viewer=admin, number=report.number, move=move(supervisory=True), now=later)
    assert (found.was.supervisory, found.becomes.supervisory, Event.objects.count()) == (False, True, before)
    (old, new), *_others = found.clocks
    assert old.due_at == Deadline.objects.get(report=report, clock="resolve").due_at
    correct(report, actor=admin, supervisory=True, now=later)
    assert new.due_at == Deadline.objects.get(report=report, clock="resolve").due_at > old.due_at


def test_the_preview_refuses_what_the_act_refuses():
    report = make.report(status=Status.ASSIGNED)
    with pytest.raises(reports.NotAllowedError) as caught:
        corrections.preview(viewer=make.agency_admin(), number=report.number, move=move(), now=make.NOW)
    assert caught.value.reason == Reason.NOTHING_CHANGES


def returned_as_supervisory(by):
    report = make.submit(destination_id=None)
    here = make.agency().pk
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=by, supervisory=True, unit_id=None, agency_id=here)
    return make.act(report, Action.RETURN)


def test_a_second_verification_clears_nobody_of_misconduct_by_the_agency_alone():
    report = make.submit()
    admin = make.agency_admin()
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=admin, supervisory=True)
    make.act(report, Action.ARCHIVE, actor=admin)
    make.act(report, Action.APPEAL)
    for action in (Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF):
        for values in ({"supervisory": False}, {"classification": Classification.ASPIRATION, "supervisory": None}):
            refused(Reason.STAYS_SUPERVISORY, make.act, report, action, actor=make.agency_admin(), **values)
    assert make.act(report, Action.VERIFY_AND_ASSIGN, actor=make.agency_admin(), supervisory=True).supervisory


def test_who_put_a_report_under_supervision_does_not_take_it_out_again():
    first, second = make.national_admin(), make.national_admin()
    report, to = returned_as_supervisory(first), {"unit_id": None, "agency_id": make.agency().pk}
    facts = project(report_selectors.events_of(report.pk))
    assert facts.supervisory_by == first.user_id
    refused(Reason.OWN_VERDICT, make.act, report, Action.VERIFY_AND_ASSIGN, actor=first, supervisory=False, **to)
    made = make.act(report, Action.VERIFY_AND_ASSIGN, actor=second, supervisory=False, **to)
    assert made.supervisory is False
    assert project(report_selectors.events_of(report.pk)).supervisory_by is None


def test_a_part_is_the_word_of_whoever_said_it_of_the_whole():
    first = make.national_admin()
    report = returned_as_supervisory(first)
    make.act(report, Action.SPLIT, actor=make.national_admin())
    part = Report.objects.filter(part_of=report.number).order_by("pk").first()
    to = {"unit_id": None, "agency_id": part.owner_agency_id}
    refused(Reason.STAYS_SUPERVISORY, make.act, part, Action.VERIFY_AND_ASSIGN, supervisory=False)
    refused(Reason.OWN_VERDICT, make.act, part, Action.VERIFY_AND_ASSIGN, actor=first, supervisory=False, **to)


@pytest.mark.parametrize(
    ("category", "texts", "unit", "agency", "why"),
    [
        ("lingkungan.banjir", ("Banjir di pasar",), "bpbd", None, "a word of the report"),
        ("sosial.bansos-daerah", ("Jalan rusak",), "dinsos", None, "no word, but all rules of the category agree"),
        ("pekerjaan-umum.infrastruktur-jalan", ("Jalan kabupaten",), None, "kab-pandeglang", "whose road it is"),
        ("pekerjaan-umum.infrastruktur-jalan", ("Sampah",), None, None, "the rules of the category differ"),
        ("pendidikan", ("Tidak ada kata",), None, None, "a top category says too little"),
    ],
)
def test_the_rules_are_asked_again_with_the_new_category(category, texts, unit, agency, why):
    report = make.report(status=Status.ASSIGNED)
    one = suggestions.after_correction(report=report, texts=texts, category=category)
    found = (one.unit.slug if one and one.unit else None, one.agency.slug if one and one.agency else None)
    assert found == (unit, agency), why
    assert agency is None or Agency.objects.filter(slug=agency).exists()
