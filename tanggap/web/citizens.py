"""Which citizen stands at the door: a sealed cookie of its own, apart from the session of officers and of tracking.

No row of the database says who is signed in: the cookie carries the key and the stamp of the account, and a new stamp
ends it everywhere. What it opens is the account; a report is opened with the capability of its reporter.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from tanggap.selectors import opaque
from tanggap.services import citizen_codes, citizens
from tanggap.services.citizens import GoneError, SignedIn

COOKIE: Final = "warga"
ASKED: Final = "kode_warga"
KNOWN: Final = "warga_kenal"
HOME: Final = "/saya"
LASTS: Final = timedelta(hours=12)
KEPT: Final = timedelta(days=30)
_FRESH: Final = timedelta(minutes=15)
AGAIN: Final = "lagi"  # in the address of the form: it is shown though one is signed in
_KNOWN_FOR: Final = timedelta(days=365)
_PURPOSE: Final = "session of a citizen"
_CACHE: Final = "_tanggap_citizen"

type View[**P] = Callable[Concatenate[HttpRequest, SignedIn, P], HttpResponseBase]


def current(request: HttpRequest, now: datetime) -> SignedIn | None:
    """Return the citizen of this browser, or None; looked up once per request, and never where there is no cookie."""
    if not hasattr(request, _CACHE):
        setattr(request, _CACHE, _read(request.COOKIES.get(COOKIE, ""), now))
    found: SignedIn | None = getattr(request, _CACHE)
    return found


def _read(text: str, now: datetime) -> SignedIn | None:
    parts = opaque.open_(_PURPOSE, text) if text else None
    if parts is None:
        return None
    key, stamp, at, is_kept = parts
    age = now.timestamp() - at
    return citizens.recognise(key, stamp) if 0 <= age <= (KEPT if is_kept else LASTS).total_seconds() else None


def begin(response: HttpResponse, who: SignedIn, *, is_kept: bool, now: datetime) -> None:
    """Let this browser be signed in: until it is closed, at most half a day, or for a month where that was wished."""
    value = opaque.seal(_PURPOSE, [str(who.key), who.account.stamp, now.timestamp(), is_kept])
    set_cookie(response, COOKIE, value, path="/", max_age=KEPT if is_kept else None)
    set_cookie(response, KNOWN, citizen_codes.remember(who.account.address), path=HOME, max_age=_KNOWN_FOR)
    response.delete_cookie(ASKED, path=HOME)
    speak(response, who.account.language)


def begin_again(request: HttpRequest, response: HttpResponse, who: SignedIn) -> None:
    """Keep this browser signed in under a new stamp, for as long as it was."""
    parts = opaque.open_(_PURPOSE, request.COOKIES.get(COOKIE, ""))
    if parts is not None:
        value = opaque.seal(_PURPOSE, [str(who.key), who.account.stamp, *parts[2:]])
        set_cookie(response, COOKIE, value, path="/", max_age=KEPT if parts[3] else None)


def speak(response: HttpResponse, language: str) -> None:
    """Let the pages speak the language of the account, as the switch does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
    )


def end(response: HttpResponse, *, forget: bool = False) -> None:
    """Sign this browser out; with `forget` it is not known again either."""
    response.delete_cookie(COOKIE, path="/")
    if forget:
        response.delete_cookie(KNOWN, path=HOME)


def set_cookie(response: HttpResponse, name: str, value: str, *, path: str, max_age: timedelta | None) -> None:
    """Set a cookie that no script reads."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=max_age, path=path, secure=secure, httponly=True, samesite="Lax")


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Keep a page of an account out of every cache."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def citizen_required[**P](view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only a signed-in citizen in, who is handed to the view; the others are led to sign in and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        now = timezone.now()  # noqa: TID251 - a door
        who = current(request, now)
        if who is not None:
            with suppress(GoneError):
                return private(view(request, who, *args, **kwargs))
        back = request.path if request.method in {"GET", "HEAD"} else HOME
        query = "" if back == HOME else f"?lanjut={quote(back)}"
        return private(redirect(f"{reverse('public:citizen_enter')}{query}"))

    return guarded


def fresh_required[**P](view: View[P]) -> View[P]:
    """Ask for a new code where the last one is longer ago: a browser that was left open gives nothing away for good."""

    @wraps(view)
    def guarded(request: HttpRequest, who: SignedIn, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        now = timezone.now()  # noqa: TID251 - a door
        parts = opaque.open_(_PURPOSE, request.COOKIES.get(COOKIE, ""))
        if parts is None or now.timestamp() - parts[2] > _FRESH.total_seconds():
            return redirect(f"{reverse('public:citizen_enter')}?lanjut={quote(request.path)}&{AGAIN}=1")
        return view(request, who, *args, **kwargs)

    return guarded


def place_after(path: Any) -> str:
    """Return where one goes after signing in: a page of the account, and nowhere else."""
    text = str(path or "")
    return text if text.startswith(f"{HOME}/") and len(text) <= 60 and text.isascii() and "//" not in text else HOME
