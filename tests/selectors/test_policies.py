"""Which limits count on which day for whom."""

from datetime import date

import pytest
from django.db import connection

from tanggap.domain.limits import NoPolicyError
from tanggap.models import Policy, TimeLimit
from tanggap.selectors import agencies, policies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2018-12-01", "permen62-2018@1"),
        ("2020-06-26", "permen62-2018@1"),
        ("2025-04-30", "permen62-2018@1"),
        ("2025-05-01", "permen5-2025@1"),
        ("2026-11-24", "permen5-2025@1"),
    ],
)
def test_the_policy_of_the_day_counts(day, name):
    assert policies.in_force(None, date.fromisoformat(day)).name == name


def test_before_the_first_policy_there_is_a_clear_error():
    with pytest.raises(NoPolicyError, match="2018-11-30: the first one begins on 2018-12-01"):
        policies.in_force(None, date(2018, 11, 30))


def test_without_any_policy_the_error_says_that_none_is_loaded():
    with connection.cursor() as cursor:  # an empty table before the real one: policies are never deleted
        cursor.execute("CREATE TEMPORARY TABLE tanggap_policy (LIKE public.tanggap_policy) ON COMMIT DROP")
    with pytest.raises(NoPolicyError, match="the first one begins on no day"):
        policies.in_force(None, date(2026, 1, 2))


def test_what_the_loader_reads_is_not_remembered():
    assert policies.read("permen62-2018@1") == policies.named("permen62-2018@1")
    assert policies.read("permen62-2018@1") is not policies.read("permen62-2018@1")
    assert policies.named("permen62-2018@1") is policies.named("permen62-2018@1")


@pytest.mark.parametrize(
    ("clock", "classification", "supervisory", "count", "unit"),
    [
        ("verify", "complaint", None, 3, "wd"),
        ("internal_accept", "complaint", None, 1, "wd"),
        ("first_followup", "complaint", None, 5, "wd"),
        ("resolve", "information_request", None, 5, "wd"),
        ("resolve", "aspiration", None, 5, "wd"),
        ("resolve", "complaint", False, 14, "wd"),
        ("resolve", "complaint", True, 60, "wd"),
        ("reopened", "complaint", None, 5, "wd"),
        ("auto_close", "complaint", None, 10, "wd"),
        ("data_request", "complaint", None, 30, "cd"),
        ("reply", "complaint", None, 5, "wd"),
        ("statutory_max", "complaint", None, 60, "cd"),
        ("statutory_notice", "complaint", None, 14, "cd"),
        ("outcome_notice", "complaint", None, 14, "cd"),
        ("reopen_window", "complaint", None, 30, "cd"),
        ("appeal", "complaint", None, 10, "wd"),
    ],
)
@pytest.mark.parametrize("day", ["2019-01-02", "2026-01-02"])
def test_every_clock_has_the_number_of_the_table(day, clock, classification, supervisory, count, unit):
    limit = policies.in_force(None, date.fromisoformat(day)).limit(clock, classification, supervisory)
    assert (limit.count, limit.unit) == (count, unit)
    assert limit.article
    assert limit.basis


def test_what_is_inherited_carries_the_name_of_the_policy_that_is_in_force():
    assert policies.in_force(None, date(2026, 1, 2)).limit("verify").policy == "permen5-2025@1"


def test_a_stricter_local_limit_counts_for_its_agency_alone():
    tangerang, serang = agencies.by_slug("kab-tangerang"), agencies.by_slug("kab-serang")
    local = policies.in_force(tangerang.pk, date(2026, 1, 2))
    assert local.name == "permen5-2025@1+kab-tangerang-internal@1"
    assert (local.limit("verify").count, local.limit("verify").unit) == (48, "hour")
    assert local.limit("resolve", "complaint").count == 14
    assert policies.in_force(serang.pk, date(2026, 1, 2)).limit("verify").unit == "wd"


def test_limits_are_found_again_by_their_name():
    limits = policies.in_force(agencies.by_slug("kab-tangerang").pk, date(2026, 1, 2))
    assert policies.named(limits.name) == limits


@pytest.mark.parametrize("name", ["", "permen62-2018", "permen62-2018@0", "permen62-2018@x", "a@1+b@1"])
def test_an_unknown_name_is_an_error(name):
    with pytest.raises(NoPolicyError):
        policies.named(name)


def test_a_new_version_counts_at_once_and_the_old_one_keeps_its_numbers():
    before = policies.in_force(None, date(2026, 1, 2))
    newer = Policy.objects.create(code="permen5-2025", version=2, basis="Permen", valid_from="2025-05-01")
    TimeLimit.objects.create(
        policy=newer, clock="verify", count=2, unit="wd", article="Ps 1", basis="Permen", since="2025-05-01"
    )
    assert policies.in_force(None, date(2026, 1, 2)).limit("verify").count == 2
    assert policies.named(before.name).limit("verify").count == 3


def test_asking_again_costs_one_query(django_assert_num_queries):
    policies.in_force(None, date(2026, 1, 2))
    with django_assert_num_queries(1):
        policies.in_force(None, date(2026, 1, 2))


def test_the_newest_version_of_each_policy_is_listed_once_national_ones_first():
    Policy.objects.create(code="permen5-2025", version=2, basis="Permen", valid_from="2025-05-01")
    assert [str(policy) for policy in policies.current()] == [
        "permen62-2018@1", "permen5-2025@2", "kab-tangerang-internal@1",
    ]  # fmt: skip
