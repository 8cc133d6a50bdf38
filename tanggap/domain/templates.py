"""Canned texts (jawaban baku): for what they are, and the closed list of what they may name.

No variable opens the vault: most of these texts become public, and all of them are read by more people than the
identity of a reporter is. So `pelapor` is a form of address, and a hidden reporter is not even called a person who
is known.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tanggap.domain.lifecycle import Action


class Kind(StrEnum):
    """What a template is for."""

    NOTE = "note"
    ANSWER = "answer"
    DATA_REQUEST = "data_request"
    RETURN = "return"
    ARCHIVE = "archive"


# Which templates are offered where a deed is written. A deed that is not here is written by hand.
KIND_OF: Final[Mapping[Action, Kind]] = {
    Action.VERIFY_AND_ASSIGN: Kind.NOTE,
    Action.MANAGE_SELF: Kind.NOTE,
    Action.ASSIGN_TO_UNIT: Kind.NOTE,
    Action.FOLLOW_UP: Kind.ANSWER,
    Action.ANSWER: Kind.ANSWER,
    Action.SUBMIT_MEMO: Kind.ANSWER,
    Action.SIGN_MEMO: Kind.ANSWER,
    Action.CLOSE_MANUAL: Kind.ANSWER,
    Action.REQUEST_DATA: Kind.DATA_REQUEST,
    Action.RETURN: Kind.RETURN,
    Action.TRANSFER: Kind.RETURN,
    Action.REFUSE_TRANSFER: Kind.RETURN,
    Action.ARCHIVE: Kind.ARCHIVE,
    Action.PROPOSE_ARCHIVE: Kind.ARCHIVE,
}


class Variable(StrEnum):
    """What a template may name, as it is written between double braces."""

    NUMBER = "nomor"
    TITLE = "judul"
    AGENCY = "instansi"
    UNIT = "unit"
    DUE = "tenggat"
    REPORTER = "pelapor"


NAME_LENGTH: Final = 100
TEXT_LENGTH: Final = 5000
_BRACES: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_LONGEST_NAMED: Final = 40


def unknown(text: str) -> str | None:
    """Return the first name between double braces that is no variable, shortened; None when all are known."""
    for found in _BRACES.finditer(text):
        name = found[1].strip()
        if name not in set(Variable):
            return name[:_LONGEST_NAMED]
    return None


def fill(text: str, values: Mapping[Variable, str]) -> str:
    """Return a text with its variables replaced; raises KeyError for a name that is none, or has no value."""
    return _BRACES.sub(lambda found: values[Variable(found[1].strip())], text)
