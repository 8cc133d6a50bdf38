"""What a reporter may hand over to the Ombudsman, part by part; what is not named in the consent stays here (T29)."""

from collections.abc import Iterable
from enum import StrEnum


class Part(StrEnum):
    """One thing that a reporter agrees to hand over."""

    TEXT = "text"  # title, text, place, what was hoped for, the loss
    FILES = "files"  # what the reporter attached
    NAME = "name"
    CONTACT = "contact"  # e-mail address, telephone, postal address; never the NIK
    HISTORY = "history"  # what was done and said since, with the files of the offices


PERSON = frozenset({Part.NAME, Part.CONTACT})


def parts(codes: Iterable[str]) -> frozenset[Part]:
    """Read a consent as it stands in an event."""
    return frozenset(Part(code) for code in codes)
