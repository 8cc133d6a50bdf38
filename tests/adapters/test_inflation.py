"""The counters of a PDF's streams undo each packing rightly, and stop in time."""

import base64
import os
import zlib

import pytest

from tanggap.adapters.scanning import inflation

BODY = bytes(range(256)) * 40 + b"\0" * 1000


def run_lengths(body):
    return (
        b"".join(
            bytes([len(body[start : start + 128]) - 1]) + body[start : start + 128]
            for start in range(0, len(body), 128)
        )
        + b"\x80"
    )


@pytest.mark.parametrize(
    ("packed", "filters", "levels"),
    [
        (zlib.compress(BODY), ["/FlateDecode"], 1),
        (BODY.hex().encode() + b">", ["/ASCIIHexDecode"], 1),
        (base64.a85encode(BODY, wrapcol=70) + b"~>", ["/ASCII85Decode"], 1),
        (run_lengths(BODY), ["/RunLengthDecode"], 1),
        (run_lengths(BODY[:-256])[:-1] + b"\x81\x00" * 2 + b"\x80junk", ["/RL"], 1),
        (zlib.compress(BODY).hex().encode() + b">", ["/AHx", "/Fl"], 2),
        (zlib.compress(BODY), ["/FlateDecode", "/DCTDecode"], 1),
        (BODY, ["/JPXDecode"], 0),
    ],
)
def test_each_packing_is_counted_level_by_level(packed, filters, levels):
    budget = inflation.Budget(1_000_000)
    inflation.count_stream(memoryview(packed), filters, budget)
    inner = len(zlib.compress(BODY)) if levels == 2 else 0
    expected = inner + len(BODY) if levels else 0
    assert expected - 4 <= 1_000_000 - budget.left <= expected


@pytest.mark.parametrize("filters", [["/LZWDecode"], ["/Nothing"], [""], ["/FlateDecode"] * 9])
def test_what_cannot_be_counted_is_not_taken(filters):
    with pytest.raises(inflation.InflatesError):
        inflation.count_stream(memoryview(b"x"), filters, inflation.Budget())


def test_the_counting_stops_as_soon_as_the_budget_is_used_up():
    budget = inflation.Budget(1_000_000)
    with pytest.raises(inflation.InflatesError):
        inflation.count_stream(memoryview(zlib.compress(b"\0" * 50_000_000)), ["/FlateDecode"], budget)
    assert budget.left > -100_000


@pytest.mark.parametrize(
    "packed", [b"", b"x", zlib.compress(BODY)[:50], b"\x78\x9c" + b"\xff" * 50, b">", b"~>", b"\x05ab"]
)
@pytest.mark.parametrize("name", ["/FlateDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode"])
def test_broken_packing_ends_quietly(packed, name):
    inflation.count_stream(memoryview(packed), [name], inflation.Budget())


def test_the_raw_search_finds_a_deflated_stream_that_no_dictionary_names():
    raw = b"nothing stream\r\n" + zlib.compress(zlib.compress(b"\0" * 3_000_000))
    with pytest.raises(inflation.InflatesError):
        inflation.count_raw(memoryview(raw), inflation.Budget(2_000_000))
    inflation.count_raw(memoryview(raw), inflation.Budget(4_000_000))


def test_a_file_that_is_all_false_starts_is_given_up():
    with pytest.raises(inflation.InflatesError):
        inflation.count_raw(memoryview(b"stream\nx\x9c" * 400_002), inflation.Budget())


def test_noise_costs_nothing():
    budget = inflation.Budget(1000)
    inflation.count_raw(memoryview(os.urandom(100_000)), budget)
    assert budget.left == 1000
