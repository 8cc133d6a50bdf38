"""The table of limits: every bucket has its row, and the spellings of a mailbox are one."""

import pytest

from tanggap.domain.limits_of_use import LIMITS, Bucket, mailbox


def test_every_bucket_has_its_limit():
    assert set(LIMITS) == set(Bucket)


@pytest.mark.parametrize(
    ("address", "box"),
    [
        ("siti@example.org", "siti@example.org"),
        (" Siti.Contoh@Example.ORG ", "siticontoh@example.org"),
        ("siti+lapor+2@example.org", "siti@example.org"),
        ('"a+b@c"@example.org', '"a@example.org'),
        ("no address", "noaddress"),
    ],
)
def test_the_spellings_of_a_mailbox_are_one(address, box):
    assert mailbox(address).replace(" ", "") == box
