"""The link that confirms an address: good for one report and one address, for 14 days, and forged by nobody."""

from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
import time_machine

from tanggap.services import confirmations, keys
from tests.make import NOW


def test_a_link_gives_back_the_report_and_the_hash_of_the_address():
    text = confirmations.make(7, "Siti@Example.org")
    assert confirmations.read(text) == (7, keys.lookup_hash("email", "siti@example.org"))


def test_the_address_is_not_in_the_link():
    assert "siti" not in confirmations.make(7, "siti@example.org").lower()


def test_no_id_can_be_read_in_the_link():
    sealed = confirmations.make(1234567, "siti@example.org").split(":")[0]
    assert b"1234567" not in urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))


@pytest.mark.parametrize("text", ["", "abc", "a:b:c", "7:AAAA"])
def test_what_is_no_link_confirms_nothing(text):
    assert confirmations.read(text) is None


def test_a_changed_link_confirms_nothing():
    text = confirmations.make(7, "siti@example.org")
    assert confirmations.read(("A" if text[0] != "A" else "B") + text[1:]) is None


@pytest.mark.parametrize(
    ("age", "is_good"), [(timedelta(days=13, hours=23), True), (timedelta(days=14, hours=1), False)]
)
def test_a_link_is_good_for_fourteen_days(age, is_good):
    with time_machine.travel(NOW, tick=False):
        text = confirmations.make(7, "siti@example.org")
    with time_machine.travel(NOW + age, tick=False):
        assert (confirmations.read(text) is not None) is is_good
