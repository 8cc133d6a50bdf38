"""What every request passes through: its id, its client's address, what all pages know, a database that is away."""

import gzip
import ipaddress
import re
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tanggap.domain.attachments import LARGEST_OF_ALL, MOST_FILES
from tanggap.web import about, errors

LARGEST_BODY: Final = (MOST_FILES + 1) * LARGEST_OF_ALL + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
_PASSED_ON_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

type GetResponse = Callable[[HttpRequest], HttpResponseBase]


def site(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the shape that Django gives context processors
    """Tell every page the name of this installation, who runs it, and whether its data are a demonstration."""
    return about.facts()


class RequestIdMiddleware:
    """Give each request an id, in the answer's X-Request-ID and in every line of the log.

    An id that arrives is kept only from a proxy that we trust: anyone else could forge the log.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Bind the id for the log, answer, and put it into the header."""
        given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
        request_id = given if _PASSED_ON_ID.fullmatch(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


class BodySizeMiddleware:
    """Refuse a body that no form of ours can have, before a byte of it is read.

    Files are written to the disk while a form is read, which is before any limit on use is looked at: without
    a bound one client could fill the disk. Room for one file too many is left, so that the form can say so.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 413 to what claims to be larger; what claims nothing has no body for us."""
        claimed = str(request.META.get("CONTENT_LENGTH") or "")
        if claimed.isascii() and claimed.isdecimal() and int(claimed[:20]) > LARGEST_BODY:
            return errors.too_large(request)
        return self.get_response(request)


class LanguageMiddleware:
    """Speak Indonesian unless the reader has chosen English with the switch.

    The browser's own wish is not asked: most telephones in Indonesia are sold set to English, and a page
    in half a villager's words helps nobody. The choice is a cookie, so it needs no account.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Activate the chosen language, and say in the answer which one it was and what it depended on."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class UnchangedMiddleware:
    """Save bytes, on a line that is paid by the byte: 304 for a page that the browser has already, else compressed.

    Only for visitors who carry no cookie but the language: what depends on a person gets no mark that lasts, and a
    page that holds a secret is not compressed, since its length would tell of it (BREACH).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.conditional = ConditionalGetMiddleware(lambda _request: HttpResponse())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark a whole page with the hash of its bytes as they are sent, and compare it with what the browser holds."""
        response = self.get_response(request)
        is_everybodys = set(request.COOKIES) <= {settings.LANGUAGE_COOKIE_NAME} and not response.cookies
        if response.status_code != HTTPStatus.OK or not is_everybodys:
            return response
        return self.conditional.process_response(request, _compressed(request, response))


_LEAST_COMPRESSED: Final = 1000
_TEXTS: Final = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


def _compressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return a page compressed, where it is a text that is worth it and the reader's browser takes it."""
    if not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
        return response
    if "no-store" in response.get("Cache-Control", ""):
        return response  # it holds something of this visit
    if not response["Content-Type"].startswith(_TEXTS) or len(response.content) < _LEAST_COMPRESSED:
        return response
    patch_vary_headers(response, ("Accept-Encoding",))
    if _GZIP.search(request.headers.get("Accept-Encoding", "")):
        # The same bytes each time, so that the mark is the same each time.
        response.content = gzip.compress(response.content, compresslevel=5, mtime=0)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    return response


class DatabaseAwayMiddleware:
    """Answer 503 at once, with Retry-After, while the database cannot be reached.

    Errors of views come through `process_exception`; errors of other middleware (a session that
    cannot be saved) reach `errors.server_error`, which asks the same question.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on: only errors concern this middleware."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a lost, full or silent database into the page that says so; leave the rest alone."""
        return errors.unavailable(request) if errors.is_database_away(exception) else None


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, for limits: what the outermost proxy that we run has seen.

    With `TRUSTED_PROXIES` = n the last n entries of X-Forwarded-For were written by our own proxies;
    the nth from the right is the client. Entries further left are whatever the client sent.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    if not settings.TRUSTED_PROXIES:
        return direct
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if len(passed) < settings.TRUSTED_PROXIES:
        return direct
    try:
        return str(ipaddress.ip_address(passed[-settings.TRUSTED_PROXIES]))
    except ValueError:
        return direct


def client_network(request: HttpRequest) -> str:
    """Return what counts as one client: the IPv4 address, or the /64 that an IPv6 line owns as a whole."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
