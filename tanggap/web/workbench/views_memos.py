"""For which answers an agency wants a memo (nota dinas): decided on a page of the organisation's editor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.domain.memos import MemoMode
from tanggap.selectors import policies
from tanggap.services import memos
from tanggap.services.organisation import OrganisationError
from tanggap.web.actors import officer_required
from tanggap.web.workbench import views_organisation
from tanggap.web.workbench.forms_organisation import MemoForm


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def mode(request: HttpRequest, agency: str) -> HttpResponse:
    """Show what the agency decided, and let its admin decide otherwise."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = views_organisation.door(request, agency, now)
    form = MemoForm(request.POST if request.method == "POST" else None, initial={"mode": policies.memo_mode(found.pk)})
    if request.method == "POST" and form.is_valid():
        try:
            memos.change_mode(actor=viewer, agency_id=found.pk, mode=MemoMode(form.cleaned_data["mode"]), now=now)
        except OrganisationError as error:
            form.add_error("mode", views_organisation.fault_words(error))
        else:
            messages.success(request, _("Aturan nota dinas tersimpan."))
            return redirect("workbench:memo_mode", found.slug)
    page = {"agency": found, "form": form}
    return render(request, "organisation/memos.html", page, status=422 if request.method == "POST" else 200)
