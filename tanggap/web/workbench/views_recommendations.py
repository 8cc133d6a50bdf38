"""Recommendations to the own agency: its admin says what is planned, how far it is, and when it is done."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import AgencyAdmin
from tanggap.selectors.recommendations import Sight
from tanggap.services import recommendations
from tanggap.services.accounts import office_day
from tanggap.services.recommendations import RecommendationError
from tanggap.web import recommending, uploads
from tanggap.web.actors import officer_required
from tanggap.web.workbench.views_assessment import admin
from tanggap.web.workbench.widgets import ManyFilesInput

_PLACE: Final = "/meja/penilaian/rekomendasi"
_EMPTY: Final = uploads.Basket()


def _form(*posted: Any) -> recommending.ActForm:
    field = forms.FileField(
        label=_("Berkas bukti"),
        help_text=_("PDF atau gambar, paling banyak 5 sekali unggah."),
        required=False,
        widget=ManyFilesInput(attrs={"accept": "application/pdf,image/*", "multiple": True}),
    )
    return recommending.ActForm(*posted, beside="files", field=field)


@officer_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the recommendations to the own agency, the earliest due date first."""
    now = timezone.now()  # noqa: TID251 - a door
    page = recommending.listing(admin(request, now), request.GET.dict(), place=_PLACE, today=office_day(now))
    return render(request, "workbench/recommendations.html", page)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: HttpRequest, number: int) -> HttpResponse:
    """Show a recommendation with all that was done, and answer it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = admin(request, now)
    sight = recommending.get(viewer, number)
    if request.method != "POST":
        return _page(request, viewer, sight, now)
    act, _label, done = recommending.deed(request.POST.get("tindakan", ""))
    form = _form(request.POST)
    basket = uploads.take(request, request.POST, binding=_binding(viewer, number))
    for trouble in basket.troubles:
        form.add_error("files", trouble)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            recommendations.act(actor=viewer, number=number, act=act, text=text, files=basket.files, now=now)
        except RecommendationError as error:
            form.refuse(error)
        else:
            messages.success(request, str(done))
            return redirect("workbench:recommendation", number)
    return _page(request, viewer, recommending.get(viewer, number), now, form, basket)


def _page(
    request: HttpRequest,
    viewer: AgencyAdmin,
    sight: Sight,
    now: datetime,
    form: recommending.ActForm | None = None,
    basket: uploads.Basket = _EMPTY,
) -> HttpResponse:
    page: dict[str, Any] = {
        **recommending.detail(viewer, sight, place=_PLACE, today=office_day(now)),
        "form": form or _form(),
        "kept": basket.signed(_binding(viewer, sight.row.pk)),
        "kept_files": basket.files,
    }
    return render(request, "workbench/recommendation.html", page, status=422 if form else 200)


@officer_required
@require_safe
def file(request: HttpRequest, number: int, key: str) -> HttpResponseBase:
    """Give a file of the own agency."""
    return recommending.file(admin(request, timezone.now()), number, key)  # noqa: TID251 - a door


def _binding(viewer: AgencyAdmin, number: int) -> str:
    return f"rekomendasi:{number}:{viewer.user_id}"
