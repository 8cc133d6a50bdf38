"""A form that could not be taken because the session was over: how long what was typed in it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# Long enough to sign in again, with a telephone that lies in a drawer; the citizen stands at the counter meanwhile.
LASTS: Final = timedelta(minutes=15)

type Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Unsent:
    """What was typed in one form, and when it came."""

    form_key: str
    values: Values
    kept_at: datetime
