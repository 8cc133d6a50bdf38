"""Change the own report at /lacak while nobody has verified it: one page, the old words stay on record."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import Action
from tanggap.domain.limits_of_use import Bucket
from tanggap.domain.policy import choices
from tanggap.domain.reasons import Reason
from tanggap.selectors import own_reports
from tanggap.selectors.own_reports import OwnReport
from tanggap.services import edits, limits
from tanggap.services.reports import NotAllowedError
from tanggap.services.submissions import FaultsError
from tanggap.web import errors, forms_filing, wording_refusals
from tanggap.web.http import client_network
from tanggap.web.public import forms_edit, resuming
from tanggap.web.public.forms_edit import EditForm
from tanggap.web.public.views_tracking import own_of


@require_http_methods(["GET", "HEAD", "POST"])
def editing(request: HttpRequest) -> HttpResponse:
    """Show the report as a form, draw it again with the next list of areas, or change it."""
    now = timezone.now()  # noqa: TID251 - a door
    answer = resuming.opened_again(request, EditForm.base_fields, now) if request.method == "POST" else None
    found = None if answer else own_of(request, now)
    if found is None:
        return answer or redirect("public:track")
    reporter, own = found
    if request.method != "POST":
        if not _may(reporter, own):
            return redirect("public:tracked")
        return _page(request, own, forms_edit.filled(own))
    data = forms_filing.posted(request.POST)
    if "pilih" in data:
        return _page(request, own, forms_edit.again(data, own))
    verdict = limits.hit(Bucket.FILE_CLIENT, client_network(request), now=now)
    if not verdict.allowed:
        return errors.too_many(request, verdict.retry_after_seconds)
    return _take(request, reporter, own, EditForm(data, report_id=own.report.pk), now=now)


def _take(request: HttpRequest, reporter: Reporter, own: OwnReport, form: EditForm, *, now: datetime) -> HttpResponse:
    """Change the report, or show the form again with everything that is to be mended."""
    status = 422
    if form.is_valid():
        try:
            edits.edit(
                actor=reporter,
                number=own.report.number,
                report=form.incoming(),
                seen=form.cleaned_data["seen"],
                now=now,
            )
        except FaultsError as error:
            form.add_faults(error.faults)
        except NotAllowedError as error:
            if error.reason == Reason.NOTHING_CHANGES:
                messages.info(request, _("Laporan Anda tersimpan persis seperti ini."))
                return redirect("public:tracked")
            own, status = own_reports.get(viewer=reporter, now=now), 409
            reason = error.reason if _may(reporter, own) or error.reason != Reason.WRONG_STATUS else _CLOSED
            form.add_error(None, str(wording_refusals.REFUSAL[reason]))
        else:
            messages.success(request, _("Laporan Anda sudah diubah. Petugas memeriksa yang baru."))
            return redirect("public:tracked")
    forms_edit.on_top(form, own)
    return _page(request, own, form, may_edit=_may(reporter, own), status=status)


# What is said where the report was verified meanwhile: the words stay on the page, to be taken along.
_CLOSED = Reason.ALREADY_VERIFIED


def _may(reporter: Reporter, own: OwnReport) -> bool:
    return Action.EDIT in choices(actor=reporter, case=own.case)


def _page(
    request: HttpRequest, own: OwnReport, form: EditForm, *, may_edit: bool = True, status: int = 200
) -> HttpResponse:
    context = {
        "own": own,
        "form": form.draw(),
        "may_edit": may_edit,
        "counters": forms_filing.COUNTERS,
        "classification_hints": forms_filing.CLASSIFICATION_HINTS,
    }
    response = render(request, "tracking/edit.html", context, status=status)
    patch_cache_control(response, private=True, no_cache=True)
    return response
