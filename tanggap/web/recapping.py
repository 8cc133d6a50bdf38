"""Recaps behind the sign-in: asked for, followed while they are made, fetched, published; the same at every desk."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.domain.actors import OfficeHolder
from tanggap.domain.recaps import SIGNED_LENGTH, State, Stretch, may_publish
from tanggap.selectors import recaps as selectors
from tanggap.services import recaps
from tanggap.web.recap_pages import called, given

_YEARS, _MONTHS, _WEEKS = 5, 14, 8  # how far back a form offers
_MONTHS_OF_A_YEAR: Final = 12


class RecapForm(forms.Form):
    """Whose recap, of when, and who signs it."""

    use_required_attribute = False

    def __init__(self, viewer: OfficeHolder, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {agency.slug: agency for agency in selectors.agencies_of(viewer)}
        if len(self.agencies) > 1:
            self.fields["instansi"] = forms.ChoiceField(
                label=lazy("Instansi"),
                choices=[("", lazy("Pilih instansi")), *((slug, one.name) for slug, one in self.agencies.items())],
                error_messages={
                    "required": lazy("Pilih instansi."),
                    "invalid_choice": lazy("Pilih instansi dari daftar."),
                },
            )
        self.fields["periode"] = forms.ChoiceField(
            label=lazy("Periode"),
            choices=[("", lazy("Pilih periode")), *_periods(today)],
            error_messages={"required": lazy("Pilih periode."), "invalid_choice": lazy("Pilih periode dari daftar.")},
        )
        for name, label, hint in (
            ("place", lazy("Tempat penandatanganan"), lazy("Misalnya Serang. Kosong: garis untuk diisi tangan.")),
            ("title", lazy("Jabatan yang menandatangani"), lazy("Misalnya Gubernur Banten.")),
            ("name", lazy("Nama yang menandatangani"), lazy("Kosong: garis untuk tanda tangan.")),
        ):
            self.fields[name] = forms.CharField(label=label, help_text=hint, required=False, max_length=SIGNED_LENGTH)

    @property
    def agency_id(self) -> int:
        """Return whose recap was asked for; of who has one agency, that one's."""
        slug = self.cleaned_data.get("instansi") or next(iter(self.agencies))
        return self.agencies[slug].pk

    @property
    def signed(self) -> dict[str, str]:
        """Return who signs."""
        return {name: self.cleaned_data[name] for name in recaps.SIGNED}


def _periods(today: date) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return what may be chosen, the newest first: years, months, weeks."""
    years = [str(today.year - place) for place in range(_YEARS)]
    return [
        (lazy("Tahun"), [_choice(name) for name in years]),
        (lazy("Bulan"), [_choice(name) for name in _months(today)]),
        (lazy("Minggu"), [_choice(name) for name in _weeks(today)]),
    ]


def _months(today: date) -> Iterator[str]:
    last = today.year * _MONTHS_OF_A_YEAR + today.month - 1
    for place in range(_MONTHS):
        year, month = divmod(last - place, _MONTHS_OF_A_YEAR)
        yield f"{year}-{month + 1:02d}"


def _weeks(today: date) -> Iterator[str]:
    for place in range(_WEEKS):
        year, week, _day = (today - timedelta(weeks=place)).isocalendar()
        yield f"{year}-W{week:02d}"


def _choice(name: str) -> tuple[str, str]:
    return name, called(name)


def listed(viewer: OfficeHolder, form: RecapForm) -> dict[str, Any]:
    """Return what the page of recaps shows."""
    return {"form": form, "recaps": [_row(one) for one in selectors.latest(viewer=viewer)]}


def begin(viewer: OfficeHolder, form: RecapForm, now: datetime) -> str:
    """Have a recap made, and return the key of its page. A form that was changed by hand finds nothing."""
    try:
        stretch = Stretch.named(form.cleaned_data["periode"])
        found = recaps.ask(actor=viewer, agency_id=form.agency_id, stretch=stretch, signed=form.signed, now=now)
    except (recaps.NotAllowedError, ValueError, StopIteration) as error:
        raise Http404 from error
    return found.key


def shown(viewer: OfficeHolder, key: str) -> dict[str, Any]:
    """Return what the page of one recap shows. Raises Http404."""
    found = get(viewer, key)
    return {
        "recap": _row(found),
        "is_running": found.state in recaps.UNDER_WAY,
        "failure": _failure(found) if found.state == State.FAILED else "",
        "may_publish": found.state == State.DONE and not found.published_at and may_publish(viewer, found.agency_id),
        "public": f"/rekap/{found.agency.slug}/{found.period}?tanda={found.checksum}" if found.published_at else "",
        "kinds": [kind for kind in recaps.KINDS if found.state == State.DONE],
    }


def _row(one: selectors.Made) -> dict[str, Any]:
    return {
        "key": one.key,
        "agency": one.agency.name,
        "period": called(one.period),
        "asked_at": one.asked_at,
        "finished_at": one.finished_at,
        "published_at": one.published_at,
        "done": one.done,
        "total": max(one.total, 1),
        "checksum": one.checksum,
        "state": _state(one),
    }


def _state(one: selectors.Made) -> str:
    match State(one.state):
        case State.QUEUED:
            return _("Menunggu giliran")
        case State.RUNNING:
            return _("Sedang dibuat")
        case State.FAILED:
            return _("Gagal")
        case State.DONE:
            return _("Terbit") if one.published_at else _("Selesai, belum terbit")


def _failure(one: selectors.Made) -> str:
    if one.reason == "nothing_yet":
        return _("Angka belum pernah dihitung di sini. Coba lagi beberapa menit lagi.")
    return _("Rekap ini tidak selesai. Minta sekali lagi; bila gagal lagi, hubungi pengelola.")


def get(viewer: OfficeHolder, key: str) -> selectors.Made:
    """Return a recap. Raises Http404 alike for unknown and forbidden."""
    try:
        return selectors.get(viewer=viewer, key=key)
    except selectors.NotFoundError as error:
        raise Http404 from error


def file(viewer: OfficeHolder, key: str, kind: str) -> HttpResponse:
    """Give a file of a recap. Raises Http404."""
    found = get(viewer, key)
    try:
        made = selectors.content(found, kind)
    except selectors.NotFoundError as error:
        raise Http404 from error
    answer = given(made, found.agency.slug, found.period, kind)
    patch_cache_control(answer, private=True, no_store=True)
    return answer
