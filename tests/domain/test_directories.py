"""Directories of agencies: what an operator may write, and what of a provider's word counts."""

import json

import pytest

from config import directories
from config.env import SettingError
from tanggap.domain.directories import Assertion, Directory, asserted

ROW = {
    "key": "banten",
    "agency": "pemprov-banten",
    "name": "Akun Banten",
    "issuer": "https://sso.banten.example",
    "client_id": "tanggap",
    "secret": "rahasia",
}


def test_nothing_is_configured_by_nothing():
    assert directories.read("", "") == ()


def test_the_secret_may_stand_in_a_file_of_its_own_and_is_shown_nowhere(tmp_path):
    secret, file = tmp_path / "secret", tmp_path / "directories.json"
    secret.write_text("rahasia\n")
    row = {name: value for name, value in ROW.items() if name != "secret"} | {"secret_file": str(secret)}
    file.write_text(json.dumps([row]))
    (found,) = directories.read("", str(file))
    assert (found.secret, found.claim, found.trusts_factor) == ("rahasia", "email", False)
    assert "rahasia" not in repr(found)
    assert found.discovery == "https://sso.banten.example/.well-known/openid-configuration"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([ROW | {"issuer": "http://sso.banten.example"}], "https"),
        ([ROW | {"key": "../x"}], "key"),
        ([ROW | {"secret": ""}], "'secret' is missing"),
        ([{"key": "banten"}], "'agency' is missing"),
        ([ROW | {"trusts_factor": "false"}], "true or false"),
        ([ROW | {"trust_factor": True}], "trust_factor"),
        ([ROW, ROW], "same key"),
        ([ROW | {"secret": "", "secret_file": "/nowhere/rahasia"}], "/nowhere/rahasia"),
        (ROW, "cannot be used"),
    ],
)
def test_what_cannot_work_stops_the_start_and_says_why(rows, words):
    with pytest.raises(SettingError) as refused:
        directories.read(json.dumps(rows), "")
    assert words in str(refused.value)
    assert "rahasia" not in str(refused.value).replace("/nowhere/rahasia", "")


def test_an_address_counts_when_the_provider_verified_it_or_the_operator_vouches_for_the_claim():
    plain = Directory(**ROW)
    upn = Directory(**ROW, claim="upn")
    claims = {"sub": "1", "email": "a@x.example", "upn": "b@x.example"}
    assert asserted(plain, claims).address == ""
    assert asserted(plain, claims | {"email_verified": "true"}).address == ""
    assert asserted(plain, claims | {"email_verified": True}).address == "a@x.example"
    assert asserted(upn, claims).address == "b@x.example"
    assert asserted(upn, claims | {"upn": ["b@x.example"]}).address == ""


def test_a_second_factor_counts_when_the_operator_trusts_and_the_provider_says_so():
    trusted = Directory(**ROW, trusts_factor=True)
    assert asserted(trusted, {"sub": "1", "amr": ["pwd", "hwk"]}) == Assertion("1", "", has_factor=True)
    assert not asserted(trusted, {"sub": "1", "amr": ["pwd"]}).has_factor
    assert not asserted(trusted, {"sub": "1", "amr": "mfa"}).has_factor
    assert not asserted(Directory(**ROW), {"sub": "1", "amr": ["mfa"]}).has_factor
