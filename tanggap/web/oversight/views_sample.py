"""A random sample of published reports for an evaluator: drawn by a seed that is said, so anyone can draw it again."""

from datetime import date, datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tanggap.domain.actors import Evaluator
from tanggap.domain.lifecycle import Status
from tanggap.selectors import names, publications
from tanggap.web import wording
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors


class SampleForm(forms.Form):
    """Which month, how many, and by which seed."""

    use_required_attribute = False

    bulan = forms.DateField(
        label=_("Bulan terbit"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        error_messages={"required": _("Isi bulan, misalnya 2026-07."), "invalid": _("Isi bulan, misalnya 2026-07.")},
    )
    jumlah = forms.TypedChoiceField(label=_("Banyaknya"), coerce=int, choices=[(10, "10"), (20, "20"), (50, "50")])
    benih = forms.CharField(
        label=_("Benih"),
        max_length=40,
        help_text=_("Kata atau angka apa saja. Benih yang sama menarik contoh yang sama."),
        error_messages={"required": _("Isi benih.")},
    )


@watcher_required
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """Draw a sample of the published reports of one month from the agencies that the viewer evaluates."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.watcher(request, now)
    if not isinstance(viewer, Evaluator):
        raise Http404
    form = SampleForm(request.GET if "benih" in request.GET else None, initial=_usual(now))
    rows = []
    if form.is_valid():
        asked = form.cleaned_data
        found = publications.sample(
            month=asked["bulan"], zone=str(timezone.get_default_timezone()), seed=asked["benih"], size=asked["jumlah"],
            agency_ids=viewer.overseen,
        )  # fmt: skip
        known = names.current()
        rows = [
            {
                "number": row.number,
                "title": row.title,
                "agency": known.agency(row.agency_id).short,
                "status": wording.STATUS[Status(row.status)],
                "received_at": row.received_at,
            }
            for row in found
        ]
    context = {"nav": doors.places(viewer), "form": form, "rows": rows, "is_drawn": form.is_bound and form.is_valid()}
    return render(request, "oversight/sample.html", context, status=422 if form.errors else 200)


def _usual(now: datetime) -> dict[str, object]:
    """Return the month before this one, which does not grow any more."""
    today = timezone.localdate(now)
    last = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
    return {"bulan": last, "jumlah": 20, "benih": last.strftime("%Y-%m")}
