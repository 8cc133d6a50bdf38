"""The home page and the pages that explain: about, privacy, accessibility; language, health, robots."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from tanggap.selectors import names, publications
from tanggap.web import wording
from tanggap.web.public import cards, steps


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the one thing to do, the road of a report, and three numbers that are true."""
    now = timezone.now()  # noqa: TID251 - a door
    latest = cards.cards(publications.latest_answers(size=3, now=now), names.current(), now=now)
    context = {
        "steps": steps.five_steps(steps.limits_here(now)),
        "headline": publications.headline(now=now),
        "window": publications.HEADLINE_WINDOW.days,
        "today": timezone.localdate(now),
        "latest": latest,
    }
    return render(request, "pages/home.html", context)


@require_safe
def about_page(request: HttpRequest) -> HttpResponse:
    """Say what this is, what each status means and what to do when an answer is late."""
    now = timezone.now()  # noqa: TID251 - a door
    limits = steps.limits_here(now)
    context = {
        "steps": steps.five_steps(limits),
        "answers": steps.answer_limits(limits),
        "statuses": [(code.value, name, wording.STATUS_HELP[code]) for code, name in wording.STATUS.items()],
        "policy": limits.name,
    }
    return render(request, "pages/about.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Give the privacy notice (UU 27/2022 Ps 21), in layers: the short one first, then what it rests on."""
    return render(request, "pages/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works, what does not, and whom to tell (UU 8/2016)."""
    return render(request, "pages/accessibility.html")


# Without a token on purpose: the switch stands on every page, error pages included, which must carry
# none; the worst that a foreign site can do is to change the language.
@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back to the page that the reader came from."""
    response: HttpResponse = django_set_language(request)
    return response


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 200 "ok" while the database answers, else 503: for load balancers and monitors."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database away\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Let search engines find the public reports, and keep them out of the desk and of tracking."""
    closed = ("/meja", "/masuk", "/akun", "/saya", "/lacak", "/lampiran", "/bahasa")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml"]
    if settings.IS_DEMO:
        lines = ["User-agent: *", "Disallow: /"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")
