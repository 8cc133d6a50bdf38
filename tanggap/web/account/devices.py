"""Browsers in which somebody has signed in before: wrong passwords typed elsewhere do not shut them out.

A signed cookie holds a random id of the browser and a mark for each account that was opened in it. It opens
nothing; it only decides with whom a try at a password is counted. So a stranger can make guessing slow for
himself and for browsers that nobody knows, and never keep an officer from the own desk.
"""

import re
import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE: Final = "perangkat"
_SALT: Final = "tanggap.devices"
_LASTS: Final = timedelta(days=400)  # what browsers keep a cookie for at most
_MOST_ACCOUNTS: Final = 8  # of a machine that several people share; the ones that signed in last
_WHOLE: Final = re.compile(r"[0-9a-f]{32}(\.[0-9a-f]{16})*")


def known(request: HttpRequest, username: str) -> str:
    """Return the id of this browser where this account has been signed in to in it, else ''."""
    device, marks = _read(request)
    return device if _mark(username) in marks else ""


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Let this browser be known for an account from now on."""
    device, marks = _read(request)
    mark = _mark(username)
    kept = [mark, *(other for other in marks if other != mark)][:_MOST_ACCOUNTS]
    response.set_signed_cookie(
        COOKIE,
        ".".join([device or secrets.token_hex(16), *kept]),
        salt=_SALT,
        max_age=_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    value = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_LASTS) or ""
    if not _WHOLE.fullmatch(value):
        return "", []
    device, *marks = value.split(".")
    return device, marks


def _mark(username: str) -> str:
    return salted_hmac(_SALT, username.casefold(), algorithm="sha256").hexdigest()[:16]
