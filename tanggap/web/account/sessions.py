"""Sessions in the database, as Django keeps them; what every page reads of one is asked by a prepared statement."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from tanggap.selectors import accounts


class SessionStore(db.SessionStore):
    """One session. To put the question for it together took longer than all else that a small page does."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; a key without a live session is forgotten."""
        key = self.session_key
        words = accounts.session_words(key, timezone.now()) if key else None  # noqa: TID251 - a door
        if words is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(words)
        return held
