"""The form of the counter outlives its session: what was typed is kept for whom the page was given to (ADR 0054).

Nothing is shown and nothing is filed. Only a page with a mark of ours keeps anything; a stranger's form is answered as
ever.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tanggap.domain.actors import Anyone, Officer
from tanggap.domain.lifecycle import SUBMITTED
from tanggap.domain.limits_of_use import Bucket
from tanggap.domain.unsent import Unsent
from tanggap.selectors import accounts as account_selectors
from tanggap.services import accounts, limits
from tanggap.services import unsent as service
from tanggap.web import errors, forms_filing, unsent, uploads
from tanggap.web.actors import actor_of
from tanggap.web.http import client_network
from tanggap.web.workbench.forms_counter import CounterForm

type View = Callable[..., HttpResponseBase]
# Files that were taken before travel as a signed list; those chosen just now are gone with the request.
_LISTS: Final = frozenset({uploads.KEPT, uploads.REMOVED})


def outlives_session(view: View) -> View:
    """Keep the form that comes when its session is over, or may do nothing before a second factor is shown."""

    @wraps(view)
    def kept(request: HttpRequest, /) -> HttpResponseBase:
        now = timezone.now()  # noqa: TID251 - a door
        is_late = request.method == "POST" and isinstance(actor_of(request, now), Anyone)
        answer = keep(request) if is_late else None
        return answer if answer is not None else view(request)

    return kept


def keep(request: HttpRequest) -> HttpResponse | None:
    """Keep what was typed and lead to where it opens again, by way of the sign-in; None where nothing is kept.

    It is kept for whom the page was given to, whoever sends it: by the account, if it still may take reports in.
    """
    now = timezone.now()  # noqa: TID251 - a door
    page = unsent.opened(request.POST, now)
    clerks = account_selectors.working_officers_of(page.user_id, accounts.office_day(now)) if page else []
    clerk = next((one for one in clerks if one.role in SUBMITTED.roles), None)
    if page is None or clerk is None:
        return None
    verdict = limits.hit(Bucket.FILE_CLIENT, client_network(request), now=now)
    if not verdict.allowed:
        words = _("Isian Anda belum tersimpan: tunggu sebentar, lalu muat ulang halaman ini.")
        return errors.too_many(request, verdict.retry_after_seconds, words)
    try:
        pk = service.keep(actor=clerk, form_key=page.form_key, values=_values(request), now=now)
    except service.TooLongError:
        return None
    return redirect("workbench:counter_again", unsent.key_of(pk, now))


def _values(request: HttpRequest) -> dict[str, list[str]]:
    """Return what was typed in the fields of the form: no file, and nothing that is not a field."""
    data = forms_filing.posted(request.POST)
    names = (set(CounterForm.base_fields) | _LISTS) - {uploads.FIELD}
    return {name: data.getlist(name) for name in data if name in names}


def found(viewer: Officer, key: str) -> tuple[Unsent, QueryDict] | None:
    """Return a form of the viewer's that was kept, and its fields as they were sent; None for whatever is not there."""
    pk = unsent.row_of(key)
    now = timezone.now()  # noqa: TID251 - a door
    kept = service.open_(actor=viewer, pk=pk, now=now) if pk is not None else None
    if kept is None:
        return None
    data = QueryDict(mutable=True)
    for name, texts in kept.values.items():
        data.setlist(name, list(texts))
    return kept, data
