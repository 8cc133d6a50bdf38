"""How well claims of work on the spot are told from plans, promises, procedures and work on papers."""

import pytest

from tanggap.domain.field_claims import field_work
from tests.domain import field_cases as cases


def test_the_tables_are_large_enough_to_say_something():
    assert len(cases.CLAIMS_KNOWN) >= 100
    assert len(cases.NO_CLAIM_KNOWN) >= 110
    assert len(cases.CLAIMS_UNSEEN) >= 30
    assert len(cases.NO_CLAIM_UNSEEN) >= 30


@pytest.mark.parametrize(
    ("claims", "others", "most_missed"),
    [(cases.CLAIMS_KNOWN, cases.NO_CLAIM_KNOWN, 0), (cases.CLAIMS_UNSEEN, cases.NO_CLAIM_UNSEEN, 1)],
)
def test_claims_are_found_and_what_is_none_is_left_alone(claims, others, most_missed):
    missed = [text for text in claims if not field_work(text)]
    alarms = [(text, field_work(text)) for text in others if field_work(text)]
    assert len(missed) <= most_missed, missed
    assert alarms == []


def test_a_claim_is_found_in_a_long_answer_of_other_things():
    text = " ".join([*cases.NO_CLAIM_KNOWN, cases.CLAIMS_KNOWN[0], *cases.NO_CLAIM_UNSEEN])
    assert field_work(text) == "sudah diperbaiki"


def test_a_long_answer_of_no_claims_stays_none():
    assert field_work(" ".join(cases.NO_CLAIM_KNOWN)) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jalan itu sudah kami tambal kemarin.", "sudah kami tambal"),
        ("Pada tanggal 3 tim meninjau lokasi.", "tim meninjau lokasi"),
        ("Yth. Sdr. Budi, lampu\n sudah  di perbaiki.", "sudah di perbaiki"),
    ],
)
def test_the_words_of_a_claim_are_shown(text, words):
    assert field_work(text) == words


@pytest.mark.parametrize("verb", ["menambal", "ditambal", "di tambal", "kami tambal", "tertambal"])
def test_a_verb_is_known_in_each_of_its_forms(verb):
    assert field_work(f"Lubang itu sudah {verb}.")
    assert not field_work(f"Lubang itu akan {verb}.")
