"""Words that hint at abuse by officials."""

import pytest

from tanggap.domain.supervisory import hints


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada oknum yang minta PUNGLI, oknum itu", ("oknum", "pungli")),
        ("Bansos dipotong dua ratus ribu", ("dipotong",)),
        ("Ia disuap dan menerima gratifikasi", ("disuap", "gratifikasi")),
        ("Jalan rusak di depan pasar", ()),
        ("Supaya cepat, suapaya", ()),
        ("", ()),
    ],
)
def test_each_word_is_given_once_in_its_order(text, found):
    assert hints(text) == found


def test_several_texts_are_read_together():
    assert hints("pungli", "pungli dan suap") == ("pungli", "suap")
