"""A form that outlives its session: the mark by which its page is known, and the address at which it opens again.

The mark says to which account the page was given, and the key of its form. Nobody makes one without the site's key, so
nobody puts words into another's form; and it opens nothing. The address names a row and holds nothing that was typed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import QueryDict

from tanggap.domain.drafts import PAGE_LASTS
from tanggap.domain.unsent import LASTS
from tanggap.selectors import opaque

PAGE: Final = "halaman"
_MARK: Final = "page of a form that outlives its session"
_ADDRESS: Final = "address of an unsent form"


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """A page with a form, as it was given out."""

    user_id: int
    form_key: str


def seal(user_id: int, form_key: str, now: datetime) -> str:
    """Return the mark of a page for the account that it is given to."""
    return opaque.seal(_MARK, [user_id, form_key, now.timestamp()])


def opened(data: QueryDict, now: datetime) -> OpenedPage | None:
    """Return the page that a form was sent from; None without a mark of ours, or when it was given out long ago."""
    parts = opaque.open_(_MARK, data.get(PAGE, ""))
    if parts is None:
        return None
    user_id, form_key, at = parts
    return OpenedPage(user_id, form_key) if now.timestamp() - at <= PAGE_LASTS.total_seconds() else None


def key_of(pk: int, kept_at: datetime) -> str:
    """Return the last part of the address of an unsent form."""
    return opaque.seal(_ADDRESS, [pk, kept_at.timestamp()])


def row_of(key: str) -> int | None:
    """Return the row that an address names; None for one that is not ours. Whose it is, the service knows."""
    parts = opaque.open_(_ADDRESS, key)
    return int(parts[0]) if parts else None


def is_waiting(path: str, now: datetime) -> bool:
    """Say whether an address leads to a form that was kept within the last quarter of an hour."""
    parts = opaque.open_(_ADDRESS, path.rpartition("/")[2])
    return parts is not None and now.timestamp() - parts[1] < LASTS.total_seconds()
