"""Suggestions name an office with its reason, in the agency that has the report or where it belongs instead."""

import pytest

from tanggap.domain.lifecycle import Action
from tanggap.models import Category
from tanggap.selectors import suggestions
from tests import make

pytestmark = pytest.mark.django_db

ROAD = "Jalan berlubang di ruas jalan provinsi"
SCHOOL = "Uang komite di SDN 2 naik"


def suggest(report, *texts):
    return suggestions.suggest(report=report, texts=texts)


def often(viewer, report, suggested=()):
    return suggestions.often_chosen(viewer=viewer, report=report, suggested=suggested)


def test_a_unit_of_the_own_agency_is_suggested_with_its_reason():
    report = make.report()
    (first, *_rest) = suggest(report, ROAD)
    assert (first.category.pk, first.unit, first.agency) == ("pekerjaan-umum.jalan-berlubang", make.unit(), None)
    assert first.words == ("jalan provinsi", "jalan berlubang")
    assert "wewenang" in first.reasons[0].reason


def test_what_belongs_to_the_regency_of_the_place_is_suggested_to_it():
    report = make.report(area_code=make.village())
    (first, *_rest) = suggest(report, SCHOOL)
    assert first.agency == make.agency("kab-pandeglang")
    assert first.unit is None


def test_a_regency_gets_its_own_office_for_the_same_words():
    report = make.report(destination_id=make.agency("kab-pandeglang").pk)
    (first, *_rest) = suggest(report, SCHOOL)
    assert first.unit == make.unit("disdik", "kab-pandeglang")


def test_what_nobody_has_yet_is_led_to_the_government_of_the_place():
    report = make.report(destination_id=None)
    (first, *_rest) = suggest(report, "Aspal terkelupas di depan pasar")
    assert first.agency == make.agency("kab-pandeglang")


def test_what_the_own_office_often_chose_is_no_suggestion_and_secret_reports_are_not_counted():
    category = Category.objects.get(pk="pekerjaan-umum.jembatan")
    for is_secret in (False, False, True):
        done = make.submit(is_confidential=is_secret)
        make.act(done, Action.VERIFY_AND_ASSIGN, category_code=category.pk)
    report = make.report()
    assert suggest(report, "Mohon perhatian atas retribusi pasar") == []
    (one,) = found = often(make.agency_admin(), report)
    assert (one.category, one.unit, one.times, one.reasons) == (category, make.unit(), 2, ())
    assert often(make.agency_admin(), report, suggested=found) == [], "what is suggested stands there already"
    assert often(make.national_admin(), report) == []


def test_it_takes_a_handful_of_queries(django_assert_max_num_queries):
    report, admin = make.report(), make.agency_admin()
    suggest(report, ROAD)
    with django_assert_max_num_queries(8):
        often(admin, report, suggest(report, f"{ROAD} {SCHOOL} sampah banjir trotoar"))
