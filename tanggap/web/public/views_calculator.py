"""The public calculator: when is it due, and why, for any start day, clock and kind of report (REQ-1)."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain.calculator import Calculation, calculate
from tanggap.domain.calendar import CalendarRangeError, WorkingCalendar
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.intake import Classification
from tanggap.domain.limits import Limits, NoLimitError, NoPolicyError
from tanggap.selectors import agencies, calendars, policies
from tanggap.web import explanations, wording
from tanggap.web.public import story

_NATIONAL_ZONE: Final = "Asia/Jakarta"


def _shown_clocks() -> list[tuple[str, Any]]:
    return [(clock.value, words) for clock, words in wording.CLOCK.items() if CLOCKS[clock].is_shown]


class CalculatorForm(forms.Form):
    """What decides a due date."""

    mulai = forms.DateField(
        label=gettext_lazy("Tanggal mulai"),
        help_text=gettext_lazy("Hari saat jam mulai: hari ke-0."),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Isi tanggal mulai."),
            "invalid": gettext_lazy("Tanggal ini tidak dikenal. Contoh: 2026-07-21."),
        },
    )
    jam = forms.ChoiceField(
        label=gettext_lazy("Batas waktu"),
        choices=_shown_clocks,
        error_messages={
            "required": gettext_lazy("Pilih batas waktu."),
            "invalid_choice": gettext_lazy("Pilih batas waktu dari daftar."),
        },
    )
    klasifikasi = forms.ChoiceField(
        label=gettext_lazy("Klasifikasi"),
        required=False,
        choices=lambda: [("", _("Semua")), *((code.value, words) for code, words in wording.CLASSIFICATION.items())],
        error_messages={"invalid_choice": gettext_lazy("Pilih klasifikasi dari daftar.")},
    )
    pengawasan = forms.BooleanField(label=gettext_lazy("Berkadar pengawasan"), required=False)
    instansi = forms.ChoiceField(
        label=gettext_lazy("Instansi"),
        required=False,
        choices=lambda: [("", _("Aturan nasional")), *((row.slug, row.name) for row in agencies.at_home())],
        error_messages={"invalid_choice": gettext_lazy("Pilih instansi dari daftar.")},
    )


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Show the form and, once it is filled in, the date with every day that leads to it."""
    form = CalculatorForm(request.GET if "mulai" in request.GET else None, initial={"jam": Clock.RESOLVE.value})
    found = _calculated(form) if form.is_valid() else None
    context: dict[str, Any] = {"form": form, "found": found}
    if found is not None:
        explained = explanations.explain_runs([found.run], get_language() or "id")[0]
        context["clock"] = replace(explained, state_words="")  # no report's clock, so it neither runs nor is late
        context["days_off"] = story.days_off([found.run])
    return render(request, "public/calculator.html", context, status=422 if form.errors else 200)


def _calculated(form: CalculatorForm) -> Calculation | None:
    """Return the calculation, or None after telling the form why there is none."""
    values = form.cleaned_data
    agency = agencies.by_slug(values["instansi"]) if values["instansi"] else None
    agency_id = agency.pk if agency else None
    calendar = calendars.working_calendar(agency_id, calendars.current_version())
    start: date = values["mulai"]
    try:
        limits = _limits(agency_id, start, calendar)
        return calculate(
            start,
            Clock(values["jam"]),
            limits=limits,
            calendar=calendar,
            zone=agency.timezone if agency else _NATIONAL_ZONE,
            # Without a classification the limit of a complaint is asked for: most reports are one.
            classification=values["klasifikasi"] or Classification.COMPLAINT.value,
            supervisory=values["pengawasan"],
        )
    except CalendarRangeError:
        years = {"first": calendar.first.year, "last": calendar.last.year}
        form.add_error("mulai", _("Kalender kami mencakup tahun %(first)s sampai %(last)s.") % years)
    except NoPolicyError:
        form.add_error("mulai", _("Aturan pertama yang kami catat berlaku sejak 1 Desember 2018."))
    except NoLimitError:
        form.add_error("jam", _("Aturan tidak menentukan batas waktu ini untuk laporan semacam itu."))
    return None


def _limits(agency_id: int | None, start: date, calendar: WorkingCalendar) -> Limits:
    if not calendar.first <= start <= calendar.last:
        raise CalendarRangeError(start)
    return policies.in_force(agency_id, start)
