"""Who is behind a session: allauth's answer, asked by a prepared statement, for every page asks it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from tanggap.selectors import accounts


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs people in as allauth does."""

    def get_user(self, user_id: Any) -> Any:
        """Return the account of a session, or None where there is none or it may not sign in any more."""
        found = accounts.person(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None
