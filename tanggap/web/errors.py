"""The pages that say what went wrong: none of them needs the database, a session or a token.

The page "not found" is the same, byte for byte, for an unknown number, a secret report and a
stranger's report: it has no nonce, no token, nothing of the reader but the language and nothing
of the address but whether it is one of the desk. So all of these pages are rendered without the request.
"""

import functools
import sys
from collections.abc import Hashable, Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from tanggap.web import about

RETRY_AFTER_SECONDS = 10


def _page(template: str, *, status: int, retry_after: int | None = None, **more: Hashable) -> HttpResponse:
    """Answer with one error page; its headers, too, are the same whatever led to it."""
    facts = tuple({**about.facts(), **more}.items())
    response = HttpResponse(_drawn(template, facts), status=status)
    response["Cache-Control"] = "no-store"
    # Named here in full, so that it makes no difference which middleware has looked at the cookie.
    patch_vary_headers(response, ("Cookie",))
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


@functools.lru_cache(maxsize=64)
def _drawn(template: str, facts: tuple[tuple[str, Hashable], ...]) -> str:
    """Draw an error page once for each language: whoever guesses at addresses costs little, and learns no time."""
    return render_to_string(f"errors/{template}.html", dict(facts))


def _causes(exception: BaseException | None) -> Iterator[BaseException]:
    """Walk from an error to what led to it: libraries wrap the database's errors in their own."""
    while exception is not None:
        yield exception
        exception = exception.__cause__ or exception.__context__


def is_database_away(exception: BaseException | None) -> bool:
    """Say whether an error means that the database is gone, full or too slow, not that our code is wrong."""
    return any(isinstance(cause, OperationalError | InterfaceError) for cause in _causes(exception))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 400: the request cannot be read."""
    return _page("400", status=400)


def too_large(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 413: more was sent than any form takes, and none of it was read."""
    return _page("400", status=413)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 403: signed in, but not for this page. Never used for a report: that would tell that it exists."""
    return _page("403", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 404 for what is unknown or not the reader's to know of; from the desk the way leads back there."""
    return _page("404", status=404, is_desk=request.path.startswith("/meja"))


def wrong_code(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 404 to a number and a code that do not open a report, the same for whatever is wrong with them."""
    return _page("track", status=404)


def directory_refused(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 403 to whom an agency's directory lets in nowhere, the same whatever is wrong with the account."""
    return _page("directory_refused", status=403)


def directory_away(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 502: the directory of an agency did not answer as it has to."""
    return _page("directory_away", status=502)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the cause was the database going away outside a view."""
    if is_database_away(sys.exc_info()[1]):
        return unavailable(request)
    return _page("500", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer 403 when a form's token is missing or old: say how to send it again without losing it."""
    return _page("csrf", status=403)


def unavailable(request: HttpRequest, retry_after: int = RETRY_AFTER_SECONDS) -> HttpResponse:  # noqa: ARG001
    """Answer 503: the database is away; the reader keeps what was typed and tries again."""
    return _page("503", status=503, retry_after=retry_after)


def too_many(request: HttpRequest, retry_after: int, detail: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer 429: a limit was reached; `retry_after` seconds until the next try, `detail` in plain words."""
    return _page("429", status=429, retry_after=retry_after, minutes=max(1, -(-retry_after // 60)), detail=detail)
