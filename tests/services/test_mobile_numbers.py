"""Which numbers get a code by SMS: mobile ones of the countries that the operator pays for."""

import pytest

from config import env
from config.env import SettingError
from tanggap.services import mobile_numbers

ONE = "+6281234567890"
ROWS = [
    ("0812 3456 7890", ONE, "as it is written at home"),
    ("(0812) 3456-7890", ONE, "with signs between"),
    ("+62 812.3456.7890", ONE, "as it is written abroad"),
    ("6281234567890", ONE, "without its plus"),
    ("+62 0812 3456 7890", ONE, "with a zero too many"),
    ("٠٨١٢٣٤٥٦٧٨٩٠", ONE, "in the digits of another script"),
    ("0809 123 4567", None, "a number that its caller pays dear"),
    ("0800 1234567", None, "a free number"),
    ("0868 1234567", None, "a satellite"),
    ("+881612345678", None, "a satellite of no country"),
    ("+979 123 456 789", None, "a dear number of no country"),
    ("021 5551234", None, "a line in a house"),
    ("+65 9123 4567", None, "a country that is not let in"),
    ("+1 900 555 0123", None, "dear, and abroad"),
    ("112", None, "too short"),
    ("0812 3456 7890 12", None, "too long"),
    ("0812-CALL-NOWW", None, "letters for digits"),
    ("0812 3456 7890 ext 5", None, "an extension"),
    ("tel:0812;phone-context=+1", None, "an address of a telephone"),
    ("0" * 5000, None, "a wall"),
    ("", None, "nothing"),
]


def test_only_a_mobile_number_of_the_country_is_taken_and_kept_in_one_form():
    assert {why: mobile_numbers.read(text) for text, _, why in ROWS} == {why: kept for _, kept, why in ROWS}


@pytest.mark.parametrize(
    ("text", "kept"), [("+65 9123 4567", "+6591234567"), ("0812 3456 7890", ONE), ("+1 900 555 0123", None)]
)
def test_the_operator_names_the_countries(settings, text, kept):
    settings.SMS_COUNTRIES = ["ID", "SG", "US"]
    assert mobile_numbers.read(text) == kept


@pytest.mark.parametrize("said", ["62", "id", "ID;SG", ","])
def test_a_country_that_is_none_stops_the_start_and_names_the_setting(monkeypatch, said):
    monkeypatch.setenv("TANGGAP_SMS_COUNTRIES", said)
    with pytest.raises(SettingError, match="TANGGAP_SMS_COUNTRIES must name countries"):
        env.countries("TANGGAP_SMS_COUNTRIES", default=("ID",))
