"""A divided report and its parts carry the same words: what hides one hides all, and no officer widens (T22, T26)."""

import pytest
import time_machine

from tanggap.domain import privacy
from tanggap.domain.actors import Reporter, System
from tanggap.domain.hiding import HidingGround
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Message, Publication, Report
from tanggap.selectors import reports as selectors
from tanggap.services import audit, clusters, reports
from tests import make, world

pytestmark = pytest.mark.django_db

LATER = make.NOW + make.DAY
BODY = "Juru parkir Sumarna di depan pasar menagih lima ribu, dan sampah di selokan tidak diangkut."


def divided(*, hidden_before=(), verify=True, **values):
    """Return a published whole and its two parts."""
    whole = make.submit(body=BODY, **values)
    make.act(whole, Action.VERIFY_AND_ASSIGN)
    if hidden_before:
        redact(whole, *hidden_before)
    make.act(whole, Action.SPLIT, now=LATER)
    road, waste = Report.objects.filter(part_of=whole.number).order_by("pk")
    for part in (road, waste) if verify else (road,):
        make.act(
            part, Action.VERIFY_AND_ASSIGN, actor=make.national_admin(), now=LATER,
            unit_id=None, agency_id=part.owner_agency_id,
        )  # fmt: skip
    return whole, road, waste


def redact(report, *words, **values):
    admin = make.agency_admin(Report.objects.get(pk=report.pk).owner_agency.slug)
    values = {"hiding_ground": HidingGround.THIRD_PARTY, "hidden_words": words, **values}
    return make.act(report, Action.REDACT, actor=admin, now=LATER, **values)


def flags(report, **values):
    reports.set_own_visibility(actor=Reporter(report.pk), number=report.number, now=LATER, **values)


def shown(copies):
    return set(Publication.objects.filter(report__in=copies).values_list("report_id", flat=True))


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_a_reporter_hides_and_shows_all_copies_from_any_of_them(chosen, client):
    copies = divided()
    assert shown(copies) == {copy.pk for copy in copies}
    flags(copies[chosen], is_anonymous=True, is_confidential=True)
    assert shown(copies) == set()
    for copy in copies:
        copy.refresh_from_db()
        assert (copy.is_anonymous, copy.is_confidential, copy.is_published) == (True, True, False)
        assert client.get(f"/laporan/{copy.number}").status_code == 404
    found = client.get("/laporan?q=Sumarna").content.decode()
    assert not any(copy.number in found for copy in copies)
    flags(copies[chosen], is_anonymous=False, is_confidential=False)
    assert shown(copies) == {copy.pk for copy in copies}
    audit.audit(now=LATER)


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_what_an_officer_makes_secret_is_secret_in_all_copies_and_stays_so(chosen, client):
    copies = divided()
    agency = Report.objects.get(pk=copies[chosen].pk).owner_agency.slug
    make.act(copies[chosen], Action.SET_VISIBILITY, actor=make.agency_admin(agency), now=LATER, is_confidential=True)
    flags(copies[(chosen + 1) % 3], is_anonymous=False, is_confidential=False)
    assert shown(copies) == set()
    for copy in copies:
        assert client.get(f"/laporan/{copy.number}").status_code == 404
        facts = selectors.case_of(copy, now=LATER).facts
        assert (facts.confidential_by, facts.anonymous_by) == ({"officer"}, set())
        event = copy.events.filter(kind=Action.SET_VISIBILITY).earliest("seq")
        is_carried = copy != copies[chosen]
        assert (event.role == "system") == is_carried
        assert ("shared" in event.data) == is_carried
    audit.audit(now=LATER)


def test_a_part_that_is_verified_as_secret_hides_the_others():
    whole, road, waste = divided(verify=False)
    make.act(
        waste, Action.VERIFY_AND_ASSIGN, actor=make.national_admin(), now=LATER,
        unit_id=None, agency_id=waste.owner_agency_id, is_confidential=True,
    )  # fmt: skip
    assert shown((whole, road, waste)) == set()


def test_no_copy_is_widened_by_an_officer_or_by_the_system():
    whole, road, _waste = divided()
    for actor in (make.agency_admin(), System()):
        with pytest.raises(reports.NotAllowedError):
            make.act(road, Action.SET_VISIBILITY, actor=actor, now=LATER, is_confidential=False)
    flags(whole, is_anonymous=False, is_confidential=False)
    assert not road.events.filter(kind=Action.SET_VISIBILITY).exists()  # nothing to change there, nothing written


@pytest.mark.parametrize("chosen", [0, 1])
def test_words_and_pictures_that_are_hidden_of_one_copy_are_hidden_of_all(chosen, client):
    copies = divided(files=(world.picture(),), verify=False)
    waste = copies[2]
    [key] = Publication.objects.get(report=copies[chosen]).files
    redact(copies[chosen], "sumarna", hidden_files=(key,))
    # Nobody has checked it: what the finders see in it stays hidden from the unit.
    assert (1, "body") not in privacy.confirmed_spans(selectors.events_of(waste.pk))
    make.act(
        waste, Action.VERIFY_AND_ASSIGN, actor=make.national_admin(), now=LATER,
        unit_id=None, agency_id=waste.owner_agency_id, title="Sampah di selokan pasar",
    )  # fmt: skip
    assert shown(copies) == {copy.pk for copy in copies}
    for copy in copies:
        page = client.get(f"/laporan/{copy.number}").content.decode()
        assert "Juru parkir" in page
        assert "Sumarna" not in page
        assert Publication.objects.get(report=copy).files == []
    assert Message.objects.filter(report__in=copies, notice="redacted").count() == 1
    audit.audit(now=LATER)


def test_what_was_hidden_before_a_report_is_divided_is_hidden_in_its_parts():
    copies = divided(files=(world.picture(),), hidden_before=("Sumarna",))
    for record in Publication.objects.filter(report__in=copies):
        assert "Juru parkir" in record.body
        assert "Sumarna" not in record.body
    audit.audit(now=LATER)


def test_words_of_an_office_are_hidden_where_they_were_said():
    whole, road, _waste = divided()
    make.act(road, Action.FOLLOW_UP, now=LATER, text="Kami menegur Badrudin dan mengabarkan hasilnya di sini.")
    redact(road, "Badrudin")
    assert not whole.events.filter(kind=Action.REDACT).exists()


def test_a_copy_that_turns_secret_leaves_its_cluster_and_the_cluster_stays():
    whole, road, waste = divided()
    lead = make.report(status=Status.ASSIGNED)
    clusters.merge(actor=make.agency_admin(), lead=lead.number, members=[road.number], now=LATER)
    flags(waste, is_anonymous=False, is_confidential=True)
    road.refresh_from_db()
    lead.refresh_from_db()
    assert (road.cluster_lead_id, lead.member_count, lead.is_published) == (None, 0, True)
    assert shown((whole, road, waste)) == set()
    audit.audit(now=LATER)


def test_the_page_of_a_part_hides_the_whole_and_its_sisters(client):
    copies = whole, _road, waste = divided()
    with time_machine.travel(LATER, tick=False):
        world.track(client, whole)
        client.post("/lacak/bagian", {"number": waste.number})
        page = client.get("/lacak/laporan").content.decode()
        seen = page.split('name="seen" value="')[1].split('"')[0]
        answer = client.post("/lacak/laporan/kerahasiaan", {"seen": seen, "is_confidential": "on"})
        assert answer.status_code == 302
        assert shown(copies) == set()
        for copy in copies:
            client.post("/lacak/bagian", {"number": copy.number})
            assert "Kerahasiaan diubah" in client.get("/lacak/laporan").content.decode()
