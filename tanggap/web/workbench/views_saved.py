"""Kept lists: keep the one that the address says, rename, share, remove."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.domain.actors import Officer
from tanggap.selectors import names, narrowing, saved_views
from tanggap.services import saved_views as services
from tanggap.services.saved_views import Refusal, RefusedError
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors
from tanggap.web.workbench.narrowing import context, href

REFUSALS: Final = {
    Refusal.NO_NAME: _("Beri nama tampilan ini."),
    Refusal.TOO_LONG: _("Nama paling panjang 60 huruf."),
    Refusal.TAKEN: _("Anda sudah punya tampilan dengan nama ini."),
    Refusal.TOO_MANY: _("Anda sudah menyimpan 30 tampilan. Hapus dahulu yang tidak dipakai."),
}


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """Show the views of an officer; keep the list that the address says under a name."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    if request.method != "POST":
        return _page(request, viewer)
    said = narrowing.known(request.GET) or {"antrean": "perlu"}
    name, is_shared = request.POST.get("nama", ""), bool(request.POST.get("bagikan"))
    try:
        kept = services.keep(actor=viewer, name=name, said=said, is_shared=is_shared, now=now)
    except RefusedError as error:
        return _page(request, viewer, refused=REFUSALS[error.refusal], typed=name, is_shared=is_shared)
    messages.success(request, _("Tampilan “%(name)s” tersimpan.") % {"name": kept.name})
    return redirect(href(said, tampilan=kept.key))


@officer_required
@require_POST
def view(request: HttpRequest, key: str) -> HttpResponse:
    """Rename a view, or share it or not."""
    viewer = doors.officer(request, timezone.now())  # noqa: TID251 - a door
    name, is_shared = request.POST.get("nama", ""), bool(request.POST.get("bagikan"))
    try:
        services.change(actor=viewer, key=key, name=name, is_shared=is_shared)
    except saved_views.NotFoundError as error:
        raise Http404 from error
    except RefusedError as error:
        return _page(request, viewer, refused=REFUSALS[error.refusal], typed=name, is_shared=is_shared, key=key)
    messages.success(request, _("Tampilan “%(name)s” tersimpan.") % {"name": name})
    return redirect("workbench:views")


@officer_required
@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Remove a view."""
    viewer = doors.officer(request, timezone.now())  # noqa: TID251 - a door
    try:
        services.remove(actor=viewer, key=key)
    except saved_views.NotFoundError as error:
        raise Http404 from error
    messages.success(request, _("Tampilan dihapus."))
    return redirect("workbench:views")


def _page(
    request: HttpRequest,
    viewer: Officer,
    *,
    refused: object = "",
    typed: str = "",
    is_shared: bool = False,
    key: str = "",
) -> HttpResponse:
    """Show the page; `refused` says what is wrong with what was typed, for the view with this key or for a new one."""
    asked = request.GET
    known = names.current()
    rows = [_row(row, typed=typed, is_shared=is_shared, is_refused=row.key == key) for row in _to_manage(viewer)]
    language = request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else "id"
    page = {
        "rows": rows,
        "is_new": bool(narrowing.known(asked)),
        "chips": context(asked, viewer, known.load, language)["chips"],
        "back": href(narrowing.known(asked)),
        "refused": refused,
        "new": {
            "name": "" if key else typed,
            "is_shared": is_shared and not key,
            "is_refused": bool(refused) and not key,
        },
    }
    return render(request, "workbench/views.html", page, status=422 if refused else 200)


def _to_manage(viewer: Officer) -> Any:
    return saved_views.to_manage(viewer=viewer)


def _row(row: saved_views.View, *, typed: str, is_shared: bool, is_refused: bool) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": typed if is_refused else row.name,
        "title": row.name,
        "href": href(row.said, tampilan=row.key),
        "is_shared": is_shared if is_refused else row.is_shared,
        "owner": str(row.owner),
        "unit": str(row.unit or ""),
        "is_refused": is_refused,
    }
