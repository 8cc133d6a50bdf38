"""Where a report may go, and who stands where."""

from datetime import date, timedelta

import pytest

from tanggap.models import Agency, OversightEdge
from tanggap.selectors import accounts, agencies, organisation
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]


def slugs(offers, group):
    return [agency.slug for offer in offers if offer.group == group for agency in offer.agencies]


def test_the_home_province_and_its_regencies_and_cities_are_offered_first():
    offers = agencies.offered()
    assert offers[0].group == "home"
    assert slugs(offers, "home") == [
        "pemprov-banten", "kab-pandeglang", "kab-lebak", "kab-tangerang", "kab-serang",
        "kota-tangerang", "kota-cilegon", "kota-serang", "kota-tangerang-selatan",
    ]  # fmt: skip


def test_the_governments_of_the_chosen_place_are_offered_and_no_other_ones():
    offers = agencies.offered("32.73.01.1001")
    assert slugs(offers, "area") == ["pemprov-jawa-barat", "kota-bandung"]
    assert sum(len(offer.agencies) for offer in offers) == 9 + 2 + 48 + 47


def test_a_place_at_home_adds_no_heading_of_its_own():
    assert "area" not in [offer.group for offer in agencies.offered("36.03.01")]


def test_each_agency_is_offered_once_and_the_national_queue_never():
    offered = [agency.slug for offer in agencies.offered("32.73") for agency in offer.agencies]
    assert len(offered) == len(set(offered))
    assert "admin-nasional" not in offered


def test_an_agency_that_ended_is_not_offered_and_still_found():
    Agency.objects.filter(slug="kota-cilegon").update(valid_to="2026-01-01")
    assert "kota-cilegon" not in slugs(agencies.offered(), "home")
    assert not agencies.by_slug("kota-cilegon").is_active


def test_an_agency_far_away_is_not_offered_unless_its_place_is_chosen():
    bandung = agencies.by_slug("kota-bandung")
    assert not agencies.is_offered(bandung.pk)
    assert agencies.is_offered(bandung.pk, "32.73")


def test_offers_cost_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        agencies.offered("32.73")


def test_the_governments_of_a_place_come_nearest_first():
    assert [agency.slug for agency in agencies.governments_of("36.03.01.2001")] == ["kab-tangerang", "pemprov-banten"]
    assert [agency.slug for agency in agencies.governments_of("31.74")] == ["pemprov-dki-jakarta"]
    assert agencies.governments_of("") == []


def test_the_national_queue_belongs_to_the_ministry_of_administrative_reform():
    assert agencies.national().slug == "admin-nasional"
    assert agencies.home().slug == "pemprov-banten"


def test_an_unknown_agency_or_unit_is_not_found():
    home = agencies.home()
    with pytest.raises(agencies.NotFoundError):
        agencies.by_slug("kab-nowhere")
    with pytest.raises(agencies.NotFoundError):
        agencies.get(0)
    with pytest.raises(agencies.NotFoundError):
        agencies.unit(home.pk, "nowhere")
    with pytest.raises(agencies.NotFoundError):
        agencies.with_units_below(0)


def test_banten_has_its_opd_and_one_inspectorate():
    home = agencies.home()
    assert {"dpupr", "dindikbud", "diskominfo"} <= {unit.slug for unit in agencies.units(home.pk)}
    assert agencies.inspectorate(home.pk).slug == "inspektorat"
    assert agencies.inspectorate(agencies.by_slug("kpk").pk) is None


def test_a_unit_answers_for_the_units_below_it_however_deep():
    home = agencies.home()
    slug_of = {unit.pk: unit.slug for unit in agencies.units(home.pk)}
    below = agencies.with_units_below(agencies.unit(home.pk, "dpupr").pk)
    assert {slug_of[pk] for pk in below} == {"dpupr", "bina-marga", "bina-marga-uptd"}
    assert agencies.with_units_below(agencies.unit(home.pk, "samsat").pk) == {agencies.unit(home.pk, "samsat").pk}


def test_oversight_is_another_tree_than_assignment():
    tangerang = agencies.by_slug("kab-tangerang")
    assert {agency.slug for agency in agencies.overseers_of(tangerang.pk)} == {
        "pemprov-banten", "kemendagri", "admin-nasional",
    }  # fmt: skip
    assert agencies.overseen_by(agencies.home().pk).count() == 8


def test_oversight_that_begins_tomorrow_gives_no_sight_today():
    home, day = agencies.home(), date(2020, 7, 1)
    ahead = {
        "overseer": home,
        "overseen": agencies.by_slug("kpk"),
        "basis": "Uji",
        "valid_from": day + timedelta(days=1),
    }
    OversightEdge.objects.create(**ahead)
    assert len(organisation.overseen_by(home.pk, day)) == 8
    assert organisation.overseen_by(home.pk, ahead["valid_from"]) >= {ahead["overseen"].pk}
    overseer = make.regional_overseer()
    assert accounts.officer_of(overseer.user_id, day).overseen == overseer.overseen
    assert len(accounts.offices_of(overseer.user_id, ahead["valid_from"])[0].actor.overseen) == 9


def test_officers_may_send_a_report_to_every_agency_that_has_not_ended():
    assert agencies.destinations().count() == 642
