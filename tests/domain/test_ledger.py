"""The chain: one byte form, and every kind of tampering has a name."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.domain.ledger import GENESIS, ChainError, EventRecord, canonical, commit, digest, verify_chain

NUMBER = "7KQ2-M9TD"
NOW = datetime(2020, 7, 1, tzinfo=UTC)


def _chain(length: int = 4) -> list[EventRecord]:
    events, previous = [], GENESIS
    for seq in range(1, length + 1):
        event = EventRecord(
            seq=seq, kind="submit", acted_at=NOW, recorded_at=NOW, role="reporter", user_id=None, agency_id=None,
            unit_id=None, from_status="", to_status="unverified", visibility="public", data={"n": seq},
            commitments={}, nonce=bytes([seq]) * 16, previous_hash=previous,
        )  # fmt: skip
        event = replace(event, hash=digest(NUMBER, event))
        previous = event.hash
        events.append(event)
    return events


def _verify(events: list[EventRecord], of: list[EventRecord]) -> None:
    verify_chain(NUMBER, events, count=len(of), head=of[-1].hash)


def test_an_untouched_chain_verifies():
    _verify(_chain(), _chain())


@pytest.mark.parametrize("seq", [1, 2, 3, 4])
def test_a_changed_event_is_named(seq):
    events = _chain()
    events[seq - 1] = replace(events[seq - 1], data={"n": 99})
    with pytest.raises(ChainError, match=f"event {seq} was changed"):
        _verify(events, _chain())


def test_an_event_that_was_changed_and_hashed_again_breaks_the_next_one():
    events = _chain()
    forged = replace(events[1], data={"n": 99})
    events[1] = replace(forged, hash=digest(NUMBER, forged))
    with pytest.raises(ChainError, match="event 3 does not follow"):
        _verify(events, _chain())


def test_a_removed_middle_event_is_named():
    events = _chain()
    del events[1]
    with pytest.raises(ChainError, match="event 2 is missing"):
        _verify(events, _chain())


def test_a_removed_last_event_is_noticed():
    with pytest.raises(ChainError, match="4 events were written, 3 are there"):
        _verify(_chain()[:-1], _chain())


def test_a_forged_last_event_is_noticed():
    events = _chain()
    forged = replace(events[-1], data={"n": 99})
    events[-1] = replace(forged, hash=digest(NUMBER, forged))
    with pytest.raises(ChainError, match="the last event is not the one"):
        _verify(events, _chain())


def test_a_chain_of_another_report_does_not_verify():
    with pytest.raises(ChainError):
        verify_chain("0000-0000", _chain(), count=4, head=_chain()[-1].hash)


def test_floats_are_refused_because_programs_write_them_differently():
    with pytest.raises(TypeError):
        canonical({"a": [1, {"b": 0.5}]})


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(), st.none(), st.booleans())))
def test_the_order_in_which_a_dictionary_was_filled_does_not_matter(data):
    assert canonical(data) == canonical(dict(reversed(list(data.items()))))


def test_the_same_text_under_two_salts_has_nothing_in_common():
    assert commit(b"a" * 16, b"ya") != commit(b"b" * 16, b"ya")
