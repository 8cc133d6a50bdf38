"""Mobile numbers that a code may be sent to: read as people write them, kept in the one form +628….

The operator pays for each message. So no premium number, no satellite, and no country but those of
TANGGAP_SMS_COUNTRIES: whoever has codes sent to numbers that pay their owner would be paid by us.
"""

import re
from typing import Final

import phonenumbers
from django.conf import settings
from phonenumbers import PhoneNumberFormat, PhoneNumberType

_LONGEST: Final = 32
_WRITTEN: Final = re.compile(r"[\d\s()+.\-]+")
_MOBILE: Final = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
_SATELLITE: Final = ("+62868",)  # mobile by the plan of numbers, and many times as dear


def read(text: str) -> str | None:
    """Return a number in its one form (E.164); None for what is no mobile number of the countries that are let in."""
    if len(text) > _LONGEST or not _WRITTEN.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, settings.SMS_COUNTRIES[0])
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.region_code_for_number(number) not in settings.SMS_COUNTRIES:
        return None
    if phonenumbers.number_type(number) not in _MOBILE:  # of what is no number at all there is none
        return None
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return None if written.startswith(_SATELLITE) else written
