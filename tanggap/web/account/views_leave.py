"""The own leave of those who look and do not work on reports: an officer's stands at the desk, with the roster."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tanggap.domain import actors as domain
from tanggap.domain.actors import Watcher
from tanggap.selectors import duty as selectors
from tanggap.services import duty
from tanggap.services.accounts import office_day
from tanggap.web import wording_duty
from tanggap.web.actors import actor_of, watcher_required

_EMPTY: Final = {"required": lazy("Isi tanggalnya."), "invalid": lazy("Tanggal ini tidak dikenal.")}


class OwnLeaveForm(forms.Form):
    """Days, and who stands in."""

    first_day = forms.DateField(
        label=lazy("Hari pertama"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=_EMPTY
    )
    last_day = forms.DateField(
        label=lazy("Hari terakhir"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=_EMPTY
    )
    deputy = forms.TypedChoiceField(
        label=lazy("Wakil"),
        help_text=lazy("Wakil menerima pemberitahuan Anda. Ia memakai akunnya sendiri."),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": lazy("Orang ini tidak memegang jabatan. Pilih wakil lain.")},
    )

    def __init__(self, *args: Any, viewer: Watcher, today: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        people = {str(row.user_id): row.user.get_full_name() for row in selectors.deputies(viewer=viewer, on=today)}
        self.fields["deputy"].choices = [("", _("Tidak ada wakil")), *people.items()]  # type: ignore[attr-defined]  # of a choice field


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Show the own leave, write some down, or take some back."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = domain.watcher(actor_of(request, now))
    if viewer is None:
        raise Http404
    today = office_day(now)
    if "cuti" in request.POST:
        return _ended(request, viewer, now)
    form = OwnLeaveForm(request.POST or None, viewer=viewer, today=today)
    if request.method == "POST" and form.is_valid() and _entered(form, viewer, now):
        messages.success(request, _("Cuti tercatat."))
        return redirect("account_leave")
    rows = selectors.list_(viewer=viewer, on=today, whole_agency=False)
    page = {"form": form, "absences": [{"row": row, "key": selectors.key(row), "may_end": True} for row in rows]}
    return render(request, "account/leave.html", page, status=422 if request.method == "POST" else 200)


def _entered(form: OwnLeaveForm, viewer: Watcher, now: datetime) -> bool:
    said = form.cleaned_data
    days = {"first_day": said["first_day"], "last_day": said["last_day"]}
    try:
        duty.enter_absence(actor=viewer, user_id=viewer.user_id, deputy_id=said["deputy"], now=now, **days)
    except duty.LeaveError as error:
        form.add_error(wording_duty.FIELD[error.fault], str(wording_duty.LEAVE_FAULT[error.fault]))
        return False
    return True


def _ended(request: HttpRequest, viewer: Watcher, now: datetime) -> HttpResponse:
    try:
        found = selectors.by_key(viewer=viewer, text=request.POST["cuti"])
        duty.end_absence(actor=viewer, absence_id=found.pk, now=now)
    except (selectors.NotFoundError, duty.NotAllowedError) as error:
        raise Http404 from error
    messages.success(request, _("Cuti dibatalkan."))
    return redirect("account_leave")
