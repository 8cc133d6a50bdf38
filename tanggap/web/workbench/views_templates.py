"""Canned texts: the list with its search, the editor, and putting one into the text of a form."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import Officer
from tanggap.domain.drafts import parts_of
from tanggap.domain.lifecycle import Action
from tanggap.domain.templates import KIND_OF, Kind
from tanggap.selectors import templates as selector
from tanggap.services import accounts
from tanggap.services import drafts as draft_service
from tanggap.services import templates as service
from tanggap.web.actors import officer_required
from tanggap.web.workbench import deeds, doors, drafts, templates, walks
from tanggap.web.workbench.forms import Desk
from tanggap.web.workbench.forms_template import KIND, VARIABLE, TemplateForm


@officer_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the templates that the officer may use, narrowed by words and kind in the address."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    asked = {name: request.GET.get(name, "").replace("\x00", "") for name in ("cari", "untuk", "sesudah")}
    kind = next((kind for kind in Kind if kind.value == asked["untuk"]), None)
    found = selector.list_(viewer=viewer, words=asked["cari"], kind=kind, after=asked["sesudah"])
    home, today = selector.home(viewer), accounts.office_day(now)
    kept = {name: asked[name] for name in ("cari", "untuk") if asked[name]}
    context = {
        "rows": [_row(row, home, today) for row in found.rows],
        "kinds": [(code.value, words, code == kind) for code, words in KIND.items()],
        "words": asked["cari"],
        "may_write": home is not None,
        "older": f"?{urlencode({**kept, 'sesudah': found.after})}" if found.after else "",
        "first": f"?{urlencode(kept)}" if asked["sesudah"] else "",
    }
    return render(request, "workbench/templates.html", context)


def _row(row: Any, home: tuple[int, int | None] | None, today: date) -> dict[str, Any]:
    return {
        "key": selector.key_of(row),
        "name": row.name,
        "kind": KIND[Kind(row.kind)],
        "text": row.text,
        "whose": row.unit or row.agency,
        "is_over": row.valid_to is not None and row.valid_to < today,
        "begins": row.valid_from if row.valid_from > today else None,
        "may_write": (row.agency_id, row.unit_id) == home,
    }


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """Write a new template, or change one of the own office."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    row = _own(viewer, key)
    if request.method != "POST":
        return _editor(request, TemplateForm(initial=_initial(row, now), auto_id="%s"), row)
    form = TemplateForm(request.POST, auto_id="%s")
    if form.is_valid():
        try:
            service.save(actor=viewer, content=form.content(), key=key, now=now)
        except service.TemplateError as error:
            form.complain(error.found)
    if form.errors:
        return _editor(request, form, row, status=422)
    messages.success(request, _("Templat tersimpan."))
    return redirect("workbench:templates")


def _own(viewer: Officer, key: str) -> Any:
    """Return the template that is to be changed, None for a new one; raises Http404 where it is not the viewer's."""
    home = selector.home(viewer)
    if home is None:
        raise Http404
    if not key:
        return None
    try:
        row = selector.get(viewer=viewer, key=key)
    except selector.NotFoundError as error:
        raise Http404 from error
    if (row.agency_id, row.unit_id) != home:
        raise Http404
    return row


def _initial(row: Any, now: datetime) -> dict[str, Any]:
    if row is None:
        return {"valid_from": accounts.office_day(now)}
    return {name: getattr(row, name) for name in ("kind", "name", "text", "valid_from", "valid_to")}


def _editor(request: HttpRequest, form: TemplateForm, row: Any, *, status: int = 200) -> HttpResponse:
    variables = [(f"{{{{{code}}}}}", words) for code, words in VARIABLE.items()]
    context = {"form": form, "is_new": row is None, "variables": variables}
    return render(request, "workbench/template.html", context, status=status)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def insert(request: HttpRequest, number: str, place: str) -> HttpResponse:
    """Put a template into the text of a form: a script gets the filled words, a button the form with them in it.

    The words come by way of the draft, so nothing that was typed is lost on the way.
    """
    now = timezone.now()  # noqa: TID251 - a door
    desk = doors.desk(request, number, now, also_in_place=True)
    action = next((action for action in KIND_OF if action.value == parts_of(place)[0] and action in deeds.DEEDS), None)
    if action is None:
        raise Http404
    key = (request.POST if request.method == "POST" else request.GET).get("templat", "")
    try:
        words = templates.filled(desk, key, KIND_OF[action]) if key else ""
    except selector.NotFoundError as error:
        raise Http404 from error
    if request.method != "POST":
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    _into_the_draft(request, desk, action, words, now)
    return redirect(f"{walks.of(request, desk).here(tindakan=action)}#tindakan")


def _into_the_draft(request: HttpRequest, desk: Desk, action: Action, words: str, now: datetime) -> None:
    form = deeds.DEEDS[action].form(request.POST, desk=desk)
    form.is_valid()
    values = drafts.values_of(form, request.POST)
    typed = "".join(values.get("text", ())).rstrip()
    values["text"] = ["\n\n".join(part for part in (typed, words) if part)]
    try:
        draft_service.save(
            actor=desk.viewer,
            number=desk.dossier.report.number,
            place=drafts.place(desk, action),
            values=values,
            seen=form.cleaned_data.get("seen") or 0,
            now=now,
        )
    except draft_service.TooLongError:
        messages.error(request, _("Teks ini terlalu panjang untuk disimpan sebagai draf."))
