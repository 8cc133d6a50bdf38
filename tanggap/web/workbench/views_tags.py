"""Hang a word on a report and take it off again, on the page of the report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tanggap.domain import bulk
from tanggap.selectors import reports
from tanggap.services import tags
from tanggap.web.actors import officer_required
from tanggap.web.workbench import attempts, doors, page, walks
from tanggap.web.workbench.forms_tag import TagForm


@officer_required
@require_POST
def tag(request: HttpRequest, number: str) -> HttpResponse:
    """Hang the word that was typed, or take off the one whose button was pressed."""
    now = timezone.now()  # noqa: TID251 - a door
    desk = doors.desk(request, number, now)
    number = desk.dossier.report.number
    form = TagForm(request.POST, prefix="tanda", auto_id="%s")
    off = bulk.tag(request.POST.get("lepas", ""))
    if not off and not form.is_valid():
        attempt = attempts.first(desk, request.GET)
        return page.answer(request, desk, attempt, now=now, status=422, beside_form=("tag_form", form))
    try:
        if off:
            tags.take_off(actor=desk.viewer, number=number, word=off)
        else:
            tags.hang(actor=desk.viewer, number=number, word=form.cleaned_data["word"], now=now)
    except reports.NotFoundError as error:
        raise Http404 from error
    return redirect(f"{walks.of(request, desk).here()}#tanda")
