"""Problems that come again as pages show them: lines of a list, one with its months before and after, its forms."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import Http404
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.domain import problems as domain
from tanggap.domain.problems import LEASTS, SPANS, Act, Fault, Measure, State
from tanggap.domain.small_counts import SMALLEST
from tanggap.selectors import problems as selectors
from tanggap.selectors.problems import Sight
from tanggap.services.problems import LONGEST, ProblemError
from tanggap.templatetags.tanggap import angka, persen
from tanggap.web import wording_problems as wording

if TYPE_CHECKING:
    from tanggap.models import Problem

ROWS_OF_A_PAGE: Final = 30
_FIELD: Final = {Fault.DATE_PAST: "done_on", Fault.DATE_FAR: "done_on", Fault.OUT_OF_RANGE: "least"}


class PlanForm(forms.Form):
    """Why it comes again, what is done, and by when."""

    use_required_attribute = False

    cause = forms.CharField(
        label=lazy("Sebab"),
        help_text=lazy("Mengapa masalah ini berulang. Dibaca kantor Anda dan pengawasnya."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": lazy("Tulis isinya.")},
    )
    plan = forms.CharField(
        label=lazy("Rencana"),
        help_text=lazy("Terbuka untuk umum. Tulis tanpa nama orang."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": lazy("Tulis isinya.")},
    )
    done_on = forms.DateField(
        label=lazy("Selesai paling lambat"),
        help_text=lazy("Sesudah tanggal ini hasilnya diukur."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": lazy("Isi tanggalnya."), "invalid": lazy("Tanggal ini tidak ada.")},
    )

    def refuse(self, error: ProblemError) -> None:
        """Say beside the field, or above the form, why nothing was done."""
        self.add_error(_FIELD.get(error.fault), str(wording.FAULT[error.fault]))


class CloseForm(forms.Form):
    """What is said when a problem is closed."""

    use_required_attribute = False

    text = forms.CharField(
        label=lazy("Kesimpulan"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": lazy("Tulis isinya.")},
    )

    def refuse(self, error: ProblemError) -> None:
        """Say above the form why nothing was done."""
        self.add_error(None, str(wording.FAULT[error.fault]))


_OUT_OF_RANGE: Final[dict[str, Any]] = dict.fromkeys(
    ("required", "invalid", "min_value", "max_value"), wording.FAULT[Fault.OUT_OF_RANGE]
)


class RuleForm(forms.Form):
    """From how many reports in how many months on a problem comes again."""

    use_required_attribute = False

    least = forms.IntegerField(
        label=lazy("Paling sedikit laporan"),
        min_value=LEASTS[0],
        max_value=LEASTS[-1],
        error_messages=_OUT_OF_RANGE,
    )
    months = forms.IntegerField(
        label=lazy("Dalam berapa bulan"),
        help_text=lazy("Bulan yang sedang berjalan dan bulan-bulan sebelumnya."),
        min_value=SPANS[0],
        max_value=SPANS[-1],
        error_messages=_OUT_OF_RANGE,
    )


def line(row: "Problem", *, place: str = "") -> dict[str, Any]:
    """Return what a list shows of a problem; everybody may read it but what `detail` adds."""
    state = State(row.state)
    category = row.category
    return {
        "href": f"{place}/{row.pk}" if place else "",
        "category": category.name_en if get_language() == "en" and category.name_en else category.name,
        "district": row.district.name,
        "unit": row.unit.name if row.unit else row.agency.name,
        "agency": row.agency.name,
        "agency_slug": row.agency.slug,
        "count": _reports(row.count),
        "first_day": row.first_day,
        "last_day": row.last_day,
        "found_at": row.found_at,
        "state": wording.STATE[state],
        "tone": {State.OPEN: "soon", State.PLANNED: "wait", State.CLOSED: "done"}[state],
        "plan": row.plan if state != State.OPEN else "",
        "done_on": row.done_on if state != State.OPEN else None,
        "counted_at": row.counted_at,
    }


def _reports(count: int) -> str:
    if count < SMALLEST:
        return _("kurang dari 5 laporan")
    return ngettext("%(n)s laporan", "%(n)s laporan", count) % {"n": angka(count)}


def page_of(asked: Mapping[str, str]) -> int | None:
    """Return after which problem a list goes on; None for its beginning. Raises Http404 for what cannot be."""
    text = asked.get("sesudah", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)


def listing(viewer: Any, asked: Mapping[str, str], *, place: str) -> dict[str, Any]:
    """Return a page of the list: tabs, lines, and the way on."""
    is_over = asked.get("lihat", "") == "ditutup"
    found = selectors.list_(viewer=viewer, is_over=is_over, before=page_of(asked), size=ROWS_OF_A_PAGE + 1)
    on = "&lihat=ditutup" if is_over else ""
    return {
        "rows": [line(row, place=place) for row in found[:ROWS_OF_A_PAGE]],
        "tabs": [
            {"label": _("Belum selesai"), "href": "?", "current": not is_over},
            {"label": _("Ditutup"), "href": "?lihat=ditutup", "current": is_over},
        ],
        "onward": f"?sesudah={found[ROWS_OF_A_PAGE - 1].pk}{on}" if len(found) > ROWS_OF_A_PAGE else "",
    }


def detail(sight: Sight) -> dict[str, Any]:
    """Return all that is shown of a problem to those who work on it or look after the office."""
    row = sight.row
    measure = selectors.measure(row)
    return {
        "one": line(row) | {"cause": row.cause},
        "months": _months(row),
        "measure": _compared(measure) if measure else None,
        "history": [
            {
                "what": wording.ACT[Act(act.kind)],
                "at": act.at,
                "by": act.by.get_full_name() or act.by.username if act.by else "",
                "cause": act.cause,
                "text": act.text,
                "done_on": act.done_on,
                "found": _found(act.data),
            }
            for act in sight.acts
        ],
    }


def _found(data: Mapping[str, Any]) -> str:
    if "count" not in data:
        return ""
    return _("%(count)s laporan; batasnya %(least)s.") % {"count": angka(data["count"]), "least": angka(data["least"])}


def _months(row: "Problem") -> dict[str, Any]:
    kept = selectors.counts(row)
    last = max([*kept, domain.month_of(row.last_day)])
    found = domain.months(domain.counted_from(row.first_day), date.fromisoformat(f"{last}-01"))
    labels = (_("Bulan"), _("Masalah ini"), _("Semua laporan kantor ini"))
    return {
        "columns": [{"label": label, "number": at > 0} for at, label in enumerate(labels)],
        "rows": [[month, *(angka(n) for n in kept.get(month, (0, 0)))] for month in found],
    }


def _compared(measure: Measure) -> dict[str, Any]:
    labels = (_("Laporan per bulan"), _("Sebelum"), _("Sesudah"), _("Berubah"))
    rows = (
        (_("Masalah ini"), measure.before, measure.after),
        (_("Semua laporan kantor ini"), measure.all_before, measure.all_after),
    )
    return {
        "columns": [{"label": label, "number": at > 0} for at, label in enumerate(labels)],
        "rows": [
            [name, angka(float(before), 1), angka(float(after), 1), _change(before, after)]
            for name, before, after in rows
        ],
        "before": angka(measure.months_before),
        "after": angka(measure.months_after),
        "is_short": min(measure.months_before, measure.months_after) < domain.MONTHS,
    }


def _change(before: Fraction, after: Fraction) -> str:
    if not before:
        return "–"
    change = (after - before) / before
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{persen(abs(float(change)))}"
