"""The demonstration's sign-ins: all of them, kept when they are there, readable by their owner only."""

import json
from datetime import UTC, date, datetime

import pytest
from allauth.mfa.models import Authenticator

from tanggap.domain.actors import (
    AgencyAdmin,
    Evaluator,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    UnitAdmin,
)
from tanggap.management import demo_accounts
from tanggap.models import User
from tanggap.selectors import accounts as account_selectors
from tanggap.services import accounts
from tests.rights import owning

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
KINDS = {
    "admin.nasional": NationalAdmin,
    "admin.banten": AgencyAdmin,
    "admin.banten2": AgencyAdmin,
    "admin.tangerangkab": AgencyAdmin,
    "dpupr": LiaisonOfficer,
    "operator.dpupr": UnitAdmin,
    "dindikbud": LiaisonOfficer,
    "inspektorat": InternalAuditor,
    "pengawas.banten": RegionalOverseer,
    "pengawas.ksp": Overseer,
    "kepala.dpupr": Head,
    "evaluator": Evaluator,
    "ombudsman": Ombudsman,
}


def test_the_file_holds_sign_ins_that_work(tmp_path):
    demo_accounts.ensure(tmp_path, now=NOW)
    path = tmp_path / "demo-accounts.json"
    assert path.stat().st_mode & 0o777 == 0o600
    entries = json.loads(path.read_text(encoding="utf-8"))
    assert {entry["username"] for entry in entries} == set(KINDS)
    for entry in entries:
        assert set(entry) == {"username", "password", "role", "agency", "unit", "totp_secret"}
        user = User.objects.get(username=entry["username"])
        assert user.check_password(entry["password"])
        assert isinstance(account_selectors.officer_of(user.pk, date(2026, 7, 1)), KINDS[user.username])


def test_a_second_time_changes_nothing(tmp_path):
    first = demo_accounts.ensure(tmp_path, now=NOW)
    hashes = set(User.objects.values_list("password", flat=True))
    assert demo_accounts.ensure(tmp_path, now=NOW) == first
    assert set(User.objects.values_list("password", flat=True)) == hashes


def test_admins_have_the_key_of_a_second_step_and_officers_of_a_unit_have_none(tmp_path):
    for entry in demo_accounts.ensure(tmp_path, now=NOW):
        user_id = User.objects.get(username=entry["username"]).pk
        assert account_selectors.has_factor(user_id) is bool(entry["totp_secret"])
        assert bool(entry["totp_secret"]) is (entry["role"] in {"national_admin", "agency_admin"})


def test_an_admin_of_a_folder_of_before_gets_a_key_unless_there_is_one_already(tmp_path):
    demo_accounts.ensure(tmp_path, now=NOW)
    path = tmp_path / "demo-accounts.json"
    old = [{**entry, "totp_secret": None} for entry in json.loads(path.read_text(encoding="utf-8"))]
    path.write_text(json.dumps(old), encoding="utf-8")
    Authenticator.objects.filter(user__username="admin.nasional").delete()
    keys = {entry["username"]: entry["totp_secret"] for entry in demo_accounts.ensure(tmp_path, now=NOW)}
    assert len(keys.pop("admin.nasional")) == 32
    assert set(keys.values()) == {None}


def test_passwords_are_different_everywhere(tmp_path):
    passwords = {entry["password"] for entry in demo_accounts.ensure(tmp_path, now=NOW)}
    assert len(passwords) == len(KINDS)


def test_a_stop_half_way_is_mended_with_the_passwords_of_the_file(tmp_path):
    listed = demo_accounts.ensure(tmp_path, now=NOW)
    with owning():  # as if it had stopped before this one was made; an account is never deleted
        User.objects.filter(username="dpupr").update(username="dpupr.lain")
    assert demo_accounts.ensure(tmp_path, now=NOW) == listed
    entry = next(entry for entry in listed if entry["username"] == "dpupr")
    assert User.objects.get(username="dpupr").check_password(entry["password"])


def test_a_folder_without_demo_data_has_none(tmp_path):
    assert demo_accounts.read(tmp_path) == []


def test_a_password_that_its_owner_changed_is_kept(tmp_path):
    demo_accounts.ensure(tmp_path, now=NOW)
    user = User.objects.get(username="dpupr")
    accounts.change_own_password(user_id=user.pk, password="another good one 7")
    demo_accounts.ensure(tmp_path, now=NOW)
    assert User.objects.get(username="dpupr").check_password("another good one 7")
