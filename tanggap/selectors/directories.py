"""Which directories open an account."""

from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount


@dataclass(frozen=True, slots=True)
class Link:
    """A directory that opens an account, and since when."""

    key: str
    since: datetime


def links_of(user_id: int) -> list[Link]:
    """Return the directories that open the account of a person, the first one first."""
    rows = SocialAccount.objects.filter(user_id=user_id).order_by("date_joined", "pk")
    return [Link(key, since) for key, since in rows.values_list("provider", "date_joined")]
