"""A form whose token is missing or old: nothing of it is done, and where it can, it comes back filled in.

A sign-in in another tab gives the browser a new token, a cleaned-up telephone has none; what was typed is no less true
for that. Each road below shows or keeps the words and does nothing with them: the token still guards every deed. The
sign-in itself has no road here, so nobody is signed in by a form from elsewhere.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse

from tanggap.web import errors
from tanggap.web.public import views_filing
from tanggap.web.workbench import outliving

_ROADS: Final[Mapping[str, Callable[[HttpRequest], HttpResponse | None]]] = {
    "public:file": views_filing.unproven,
    "workbench:counter": outliving.keep,
}


def failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that Django did not take: with what was typed, where the page has a way, else as it always was."""
    match = request.resolver_match
    road = _ROADS.get(match.view_name) if match is not None and request.method == "POST" else None
    answer = road(request) if road is not None else None
    return answer if answer is not None else errors.csrf_failure(request, reason)
