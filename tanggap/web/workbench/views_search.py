"""One box to find a report: by number, by words or place; and, for admins, by the exact contact of its reporter."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tanggap.domain import queues, references
from tanggap.domain.actors import ADMINS, NationalAdmin
from tanggap.domain.exports import REASON_LENGTH
from tanggap.domain.intake import clean
from tanggap.selectors import accounts, desk_search, names
from tanggap.selectors.narrowing import WORDS, read
from tanggap.selectors.narrowing import known as known_of
from tanggap.selectors.queues import Page
from tanggap.services import finding
from tanggap.web import due
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, lines, walks
from tanggap.web.workbench.narrowing import SEARCH as PATH
from tanggap.web.workbench.narrowing import context, href

_LONGEST: Final = 200
_FEWEST_DIGITS: Final = 8
_NUMBER_SIGNS: Final = range(8, 10)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found; a number leads to its report at once. A contact is looked for by POST, with a reason."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    query = request.GET.get("q", "").replace("\x00", "")[:_LONGEST].strip()
    said = _said(request.GET, query)
    filters = read(said, viewer.role)
    page: dict[str, Any] = {"query": query, "may_find_person": viewer.role in ADMINS, "contact": "", "reason": ""}
    found, status = Page((), ""), 200
    if request.method == "POST" and viewer.role in ADMINS:
        contact, reason = _typed(request, "kontak"), _typed(request, "alasan")
        page |= {"contact": contact, "reason": reason, "faults": _faults(contact, reason), "is_person": True}
        status = 422 if page["faults"] else 200
        if not page["faults"]:
            found = finding.by_contact(actor=viewer, contact=contact, reason=reason, now=now)
    elif number := desk_search.by_number(viewer=viewer, query=query):
        return redirect("workbench:report", number)
    elif _is_contact(query):
        page |= {"contact": query, "looks_like_contact": True}
    else:
        found = desk_search.list_(viewer=viewer, filters=filters, after=request.GET.get("sesudah", ""))
        page["looks_like_number"] = _is_nearly_number(query)
    known, language = names.current(), get_language() or "id"
    calendar = due.calendar_of(None if isinstance(viewer, NationalAdmin) else viewer.agency_id, known.calendar)
    places = known.places(row.area_id for row in found.rows if row.area_id)
    people = accounts.names_of(row.assignee_id for row in found.rows if row.assignee_id)
    narrows = context(request.GET, viewer, known.load, language, path=PATH, places=_PLACES)
    walked = "" if page.get("is_person") else walks.tail(said | {"sesudah": request.GET.get("sesudah", "")})
    desk = lines.Desk(viewer, known, places, calendar, language, now, people, walked)
    page |= {
        "lines": [lines.draw(row, desk) for row in found.rows],
        "older": href(request.GET, path=PATH, sesudah=found.after) if found.after else "",
        "first": href(request.GET, path=PATH) if request.GET.get("sesudah") else "",
        **narrows,
        "selects": [one for one in narrows["selects"] if one.choices.name not in _ORDERED],
        "narrows": [(name, value) for name, value in said.items() if name not in _ASKED],
        "is_asked": filters != desk_search.NOTHING,
        "export": href(said, path="/meja/ekspor"),
        "keep": href(said, path="/meja/tampilan"),
    }
    return render(request, "workbench/search.html", page, status=status)


# What stands in the address whatever narrows the search, and what says that it is one.
_PLACES: Final = ("q", "instansi")
_ASKED: Final = frozenset({"antrean", WORDS})
# What a search has an answer to itself: it looks through every status, the newest change first.
_ORDERED: Final = frozenset({"keluarga", "urut"})


def _said(asked: QueryDict, query: str) -> dict[str, str]:
    """Return what the address says as that of a list, which is exported and kept like any other."""
    said = {name: value for name, value in known_of(asked).items() if name not in _ORDERED}
    return known_of({**said, "antrean": queues.FOUND.code, WORDS: query})


def _typed(request: HttpRequest, name: str) -> str:
    return clean(request.POST.get(name, "")[: REASON_LENGTH[1]])


def _faults(contact: str, reason: str) -> dict[str, object]:
    found: dict[str, object] = {}
    if not _is_contact(contact):
        found["kontak"] = _("Tulis nomor telepon atau surel yang lengkap.")
    if len(reason) < REASON_LENGTH[0]:
        found["alasan"] = _("Tulis alasan yang jelas, paling sedikit 10 huruf.")
    return found


def _is_contact(text: str) -> bool:
    """Say whether a text is a telephone number or an address for mail, as a whole."""
    bare = text.replace(" ", "").replace("-", "").removeprefix("+")
    return (bare.isdecimal() and len(bare) >= _FEWEST_DIGITS) or ("@" in text.strip("@") and " " not in text)


def _is_nearly_number(text: str) -> bool:
    """Say whether a text has the length and signs of a report number, and is none: a slip of the finger."""
    bare = text.replace("-", "").replace(" ", "")
    has_both = any(sign.isdigit() for sign in bare) and any(sign.isalpha() for sign in bare)
    return bare.isascii() and bare.isalnum() and len(bare) in _NUMBER_SIGNS and has_both and not references.parse(text)
