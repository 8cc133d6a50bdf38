"""Published reports for everyone: the list with its search, one report, why its dates are what they are, its files.

Everything comes from the selectors of publications; an unknown, a secret and a not yet published report are one
and the same "not found", after the same queries.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.adapters.outbound import share_cards
from tanggap.domain import references
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Status
from tanggap.domain.limits_of_use import Bucket
from tanggap.domain.outcomes import ArchiveReason
from tanggap.selectors import areas, names, public_search, publications, published_comments
from tanggap.services import limits
from tanggap.templatetags.tanggap import named
from tanggap.web import errors, explanations, files, wording
from tanggap.web.http import client_network
from tanggap.web.public import cards, filters, guesses, story

if TYPE_CHECKING:
    from tanggap.models import Publication

_PAGE = 24  # two columns, both full
_MORE = "komentar"
_IMAGE = "image/webp"  # every image is stored anew in this form; nothing else ever becomes public


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List published reports in an order, narrowed by words and filters of the address."""
    now = timezone.now()  # noqa: TID251 - a door
    known = names.current()
    asked = filters.read(request.GET, known.load)
    if asked.is_narrowed:
        verdict = limits.hit(Bucket.SEARCH_CLIENT, client_network(request), now=now)
        if not verdict.allowed:
            return errors.too_many(request, verdict.retry_after_seconds)
    try:
        page = public_search.list_(asked.query, asked.filters, asked.after, _PAGE, order=asked.order, now=now)
    except public_search.TooWideError:
        return render(request, "public/reports.html", {"asked": asked, "is_too_wide": True}, status=422)
    context = {
        "asked": asked,
        "cards": [cards.draw(card | {"answered": None}) for card in cards.cards(page.rows, known, now=now)],
        "guesses": guesses.of(asked.query, known, get_language() or "id") if not asked.after else (),
        "older": asked.href(**{filters.AFTER: page.after}) if page.after else "",
        "first": asked.href() if asked.after else "",
        "feed": f"{reverse('public:feed')}{asked.href()}".removesuffix("?"),
        "is_indexed": not asked.is_narrowed and not asked.after,
    }
    return render(request, "public/reports.html", context)


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show one report: where it stands, what was said and done, and by when the next step is due."""
    publication = _get(number)
    if publication.number != number:
        return redirect("public:report", publication.number, permanent=True)
    if publication.is_stub:
        return render(request, "public/stub.html", _stub(publication))
    now = timezone.now()  # noqa: TID251 - a door
    page = _page(publication, now) | _comments(publication, request.GET.get(_MORE, "")[:400])
    return render(request, "public/report.html", page)


@require_safe
def card(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001
    """Give the picture by which other sites show a link to a report; a stub has none."""
    publication = _get(number)
    if publication.is_stub:
        raise Http404
    words = wording.RETURNED if publication.is_returned else wording.STATUS[Status(publication.status)]
    drawn = share_cards.draw(
        site=f"{settings.SITE_NAME} · {settings.HOME_NAME}",
        title=publication.title,
        status=str(words),
        office=cards.office(publication),
    )
    return HttpResponse(drawn, content_type="image/png")


@require_safe
def clocks(request: HttpRequest, number: str) -> HttpResponse:
    """Answer "Mengapa tanggal ini?" for every public clock of a report, day by day."""
    publication = _get(number)
    if publication.is_stub:
        raise Http404
    now = timezone.now()  # noqa: TID251 - a door
    runs = story.runs_of(publication)
    context = {
        "publication": publication,
        "clocks": explanations.explain_runs(runs, get_language() or "id", now=now),
        "days_off": story.days_off(runs),
        "crumbs": _crumbs(publication, _("Mengapa tanggal ini?")),
    }
    return render(request, "public/clocks.html", context)


@require_safe
def file(request: HttpRequest, number: str, key: str, *, thumbnail: bool = False) -> HttpResponseBase:
    """Give an image that the publication lists; a file that it does not list is unknown."""
    publication = _get(number)
    if key not in publication.files:
        raise Http404
    # A key stands for the same bytes for ever, so the browser need not fetch them twice.
    tag = f'"{key}{"-s" if thumbnail else ""}"'
    if request.headers.get("If-None-Match") == tag:
        unchanged = HttpResponseNotModified()
        unchanged["ETag"] = tag
        return unchanged
    response = files.serve(key=key, media_type=_IMAGE, name="foto.webp", thumbnail=thumbnail, is_public=True)
    response["ETag"] = tag
    return response


def _get(number: str) -> "Publication":
    """Return a publication by what stands in an address; Http404 for everything that is not public."""
    try:
        return publications.get(references.parse(number) or "")
    except publications.NotFoundError as error:
        raise Http404 from error


def _page(publication: "Publication", now: datetime) -> dict[str, Any]:
    runs = story.runs_of(publication)
    offices = publications.office_names(publication)
    shown = _images(publication, offices)
    notices = story.notices(publication, runs, offices, now=now)
    place = _place(publication.area_id or "")
    first = publication.timeline[0] if publication.timeline else {"files": []}
    near = cards.cards(public_search.alike(publication), names.current(), now=now)
    return {
        "publication": publication,
        "status": wording.RETURNED if publication.is_returned else wording.STATUS[Status(publication.status)],
        "is_late": bool(notices) and notices[0].tone == "late",
        "office": cards.office(publication),
        "outcome": cards.outcome(publication.outcome),
        "place": place,
        "supported": cards.supported(publication.support_count),
        "similar": publications.similar(publication),
        "alike": [cards.draw(one | {"excerpt": "", "category": ""}) for one in near],
        "compared": story.before_and_after(publication, shown),
        "share": _share(publication),
        "notices": notices,
        "images": [shown[key] for key in first["files"] if key in shown],
        "events": story.timeline(publication, shown, offices),
        "clocks": story.shown_clocks(runs, now=now),
        "details": _details(publication, place),
        "crumbs": _crumbs(publication),
    }


def _comments(publication: "Publication", after: str) -> dict[str, Any]:
    """Return a page of what readers said, and whether more is taken."""
    found = published_comments.of_report(publication, after=after)
    return {
        "comments": found.rows,
        "comments_after": f"?{_MORE}={found.after}#komentar" if found.after else "",
        "comments_first": "?#komentar" if after else "",
        "comments_open": published_comments.is_on(publication.agency_id),
    }


def _share(publication: "Publication") -> dict[str, str]:
    """Return the address of a report, and the links by which somebody may pass it on: nothing is asked of other sites
    until one of them is followed."""
    address = f"{settings.PUBLIC_URL}/laporan/{publication.number}"
    text = f"{publication.title} {address}"
    return {
        "address": address,
        "mail": f"mailto:?{urlencode({'subject': publication.title, 'body': text}, quote_via=quote)}",
        "whatsapp": f"https://wa.me/?{urlencode({'text': text}, quote_via=quote)}",
    }


def _place(code: str) -> str:
    known = areas.names([code])
    return filters.place(known[part] for part in areas.codes_of(code) if part in known)


def _details(publication: "Publication", place: str) -> list[dict[str, Any]]:
    rows = [
        (_("Klasifikasi"), wording.CLASSIFICATION[Classification(publication.classification)]),
        (_("Kategori"), named(publication.category)),
        (_("Lokasi kejadian"), ", ".join(filter(None, [publication.location, place]))),
    ]
    return [{"term": term, "text": text} for term, text in rows if text]


def _images(publication: "Publication", offices: story.Names) -> dict[str, dict[str, Any]]:
    """Return the images that may be shown, by key, each with words for those who cannot see it."""
    found: dict[str, dict[str, Any]] = {}
    for entry in publication.timeline:
        for number, key in enumerate(entry["files"], start=1):
            if key in publication.files:
                values = {"number": number, "office": story.office_of(entry, offices)}
                is_reporters = entry["by"] == "reporter"
                words = _("Foto %(number)s dari pelapor") if is_reporters else _("Foto %(number)s dari %(office)s")
                url = f"/laporan/{publication.number}/berkas/{key}"
                found[key] = {"url": url, "small": f"{url}/kecil", "alt": words % values}
    return found


def _stub(publication: "Publication") -> dict[str, Any]:
    """Return what is left of a report that was public once: how it ended, and no word of it."""
    reason = publication.archive_reason
    return {
        "publication": publication,
        "status": wording.STATUS[Status(publication.status)],
        "help": wording.STATUS_HELP[Status(publication.status)],
        "reason": wording.ARCHIVE_REASON[ArchiveReason(reason)] if reason else "",
        "office": cards.office(publication),
        "crumbs": _crumbs(publication),
    }


def _crumbs(publication: "Publication", here: str = "") -> list[dict[str, str]]:
    crumbs = [{"label": _("Laporan publik"), "href": "/laporan"}]
    if here:
        crumbs.append({"label": publication.number, "href": f"/laporan/{publication.number}"})
    return [*crumbs, {"label": here or publication.number}]
