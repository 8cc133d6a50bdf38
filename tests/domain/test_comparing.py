"""What one text says and the other does not, wherever it stands in it."""

import pytest

from tanggap.domain.comparing import Run, runs, shared


@pytest.mark.parametrize(
    ("text", "other", "expected", "why"),
    [
        ("Jalan rusak", "jalan RUSAK!", [("Jalan rusak", False)], "case and marks say nothing"),
        ("rusak jalan", "jalan rusak", [("rusak jalan", False)], "neither does the order"),
        ("dua motor jatuh", "motor jatuh", [("dua ", True), ("motor jatuh", False)], "a word more"),
        ("dua – tiga motor", "motor", [("dua – tiga ", True), ("motor", False)], "a dash belongs to its run"),
        ("", "motor", [], "nothing"),
    ],
)
def test_a_text_falls_into_runs_of_what_the_other_says_and_does_not(text, other, expected, why):
    found = runs(text, other)
    assert found == [Run(*one) for one in expected], why
    assert "".join(run.text for run in found) == text


def test_shared_words_are_counted_once_of_the_shorter_text():
    assert shared("jalan jalan rusak", "Jalan di depan pasar") == (1, 2)
    assert shared("", "jalan") == (0, 0)
