"""What is signed has one form, byte by byte, and what is not that form is refused."""

import json
from datetime import UTC, datetime

import pytest

from tanggap.domain import checkpoints, references
from tanggap.domain.checkpoints import MalformedError, SignedReceipt, fillers_after, read_checkpoint, read_receipt

AT = datetime(2020, 7, 1, 17, 15, tzinfo=UTC)
KEY = "0123456789abcdef"


def made(previous=None):
    return checkpoints.new_checkpoint(
        origin="https://lapor.example.org", size=256, root=bytes(32), at=AT, previous=previous, key=KEY
    )


def test_a_checkpoint_is_these_bytes():
    assert made().body() == (
        b'{"at":"2020-07-01T17:15:00.000000Z","format":"tanggap-checkpoint-1","key":"0123456789abcdef",'
        b'"origin":"https://lapor.example.org","previous":null,"root":"' + b"00" * 32 + b'","size":256}'
    )
    assert made(made()).previous == made().digest() != made(made()).digest()


def test_a_published_checkpoint_is_read_back():
    file = {"checkpoint": json.loads(made().body()), "signature": "ab" * 64}
    assert read_checkpoint(checkpoints.published(file)) == (made(), b"\xab" * 64)


@pytest.mark.parametrize(
    "bent",
    [
        "",
        "[]",
        "{}",
        '{"checkpoint": {}, "signature": "00"}',
        '{"checkpoint": {"format": "tanggap-key-1"}, "signature": "00"}',
        json.dumps({"checkpoint": {**json.loads(made().body()), "size": "256"}, "signature": "00"}),
        json.dumps({"checkpoint": {**json.loads(made().body()), "size": True}, "signature": "00"}),
        json.dumps({"checkpoint": {**json.loads(made().body()), "more": 1}, "signature": "00"}),
        json.dumps({"checkpoint": json.loads(made().body()), "signature": "no hex"}),
    ],
)
def test_what_is_no_checkpoint_is_refused(bent):
    with pytest.raises(MalformedError):
        read_checkpoint(bent)


@pytest.fixture
def receipt():
    return SignedReceipt(references.make(b"\x01\x02\x03\x04\x05"), "ab" * 32, "2020-07-01", KEY, b"\x01" * 64)


def test_a_receipt_is_read_back_from_paper_and_from_its_address(receipt):
    text = receipt.written()
    assert len(text) < 180
    for copied in (text, f"  {text[:60]}\n{text[60:]} ", f"https://lapor.example.org/catatan/tanda-terima#{text}"):
        assert read_receipt(copied) == receipt


@pytest.mark.parametrize(
    "change", [("TR1", "TR2"), (".", ","), ("20200701", "20200732"), ("20200701", "2020"), (KEY, "")]
)
def test_a_receipt_that_lost_a_part_is_refused(receipt, change):
    with pytest.raises(MalformedError):
        read_receipt(receipt.written().replace(*change))


@pytest.mark.parametrize("text", ["", "#", "." * 5, "TR1.....", "x" * 100_000, "TR1.é.20200701.a.b.c"])
def test_what_is_no_receipt_is_refused(text):
    with pytest.raises(MalformedError):
        read_receipt(text)


@pytest.mark.parametrize(
    ("size", "fresh", "fill"), [(0, 0, 256), (0, 1, 255), (0, 256, 0), (256, 0, 256), (256, 257, 255), (512, 255, 1)]
)
def test_the_log_grows_by_whole_groups_and_by_one_at_least(size, fresh, fill):
    assert fillers_after(size, fresh) == fill


def test_a_filler_is_known_by_its_nonce_and_cannot_be_an_event():
    assert checkpoints.filler(bytes(16)).hex() == "4f99af4f33397ca67903004c6f1ad8fffa9df054b182d66fae08a3a5c5cca086"
