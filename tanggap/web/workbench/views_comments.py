"""Comments of readers at the desk: decided in the list, and which agency takes them at all."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tanggap.domain.actors import Officer
from tanggap.domain.comments import Act, Fault, Ground
from tanggap.domain.organisation import Fault as OrganisationFault
from tanggap.selectors import comments as selectors
from tanggap.selectors import published_comments
from tanggap.services import comment_rules, comments
from tanggap.services.comments import CommentError
from tanggap.services.organisation import OrganisationError
from tanggap.web import wording, wording_comments
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, views_organisation
from tanggap.web.workbench.forms_organisation import CommentRuleForm

if TYPE_CHECKING:
    from tanggap.models import Comment

_DEEDS: Final = {"tampilkan": Act.SHOW, "tolak": Act.REFUSE, "sembunyikan": Act.HIDE}
_SAID: Final = {
    Act.SHOW: lazy("Komentar tampil."),
    Act.REFUSE: lazy("Komentar tidak ditampilkan."),
    Act.HIDE: lazy("Komentar disembunyikan, dan tercatat di catatan moderasi."),
}
_FIELD: Final = {OrganisationFault.GROUND_MISSING: "ground"}
_SPAN: Final = re.compile(r"(\d{1,4})-(\d{1,4})", re.ASCII)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, the oldest first, or what is shown; decide on one of them."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    if not selectors.may_decide(viewer):
        raise Http404
    if request.method != "POST":
        return _page(request, viewer)
    key, deed = request.POST.get("komentar", ""), _DEEDS.get(request.POST.get("tindakan", ""))
    if deed is None:
        raise Http404
    said = request.POST.get("alasan", "")
    ground = Ground(said) if said in set(Ground) and deed != Act.SHOW else None
    left = _spans(request.POST.getlist("temuan")) - _spans(request.POST.getlist("samar"))
    try:
        row = comments.decide(
            actor=viewer, comment_id=selectors.opened(key), act=deed, ground=ground, left=left, now=now
        )
    except selectors.NotFoundError as error:
        raise Http404 from error
    except CommentError as error:
        return _page(request, viewer, key, error.fault)
    messages.success(request, str(_SAID[Act.HIDE if row.state == "hidden" else deed]))
    return redirect(request.get_full_path())


def _spans(said: Iterable[str]) -> set[tuple[int, int]]:
    return {(int(found[1]), int(found[2])) for one in said if (found := _SPAN.fullmatch(one))}


def _page(request: HttpRequest, viewer: Officer, key: str = "", fault: Fault | None = None) -> HttpResponse:
    is_shown, after = request.GET.get("lihat") == "tampil", request.GET.get("sesudah", "")[:400]
    found = selectors.list_(viewer=viewer, is_shown=is_shown, after=after)
    waiting = selectors.waiting(viewer=viewer)
    on, place = "&lihat=tampil" if is_shown else "", resolve_url("workbench:comments")
    page = {
        "lines": [_line(row, key, fault) for row in found.rows],
        "is_shown": is_shown,
        "waiting": waiting,
        "grounds": [(ground.value, words) for ground, words in wording_comments.GROUND.items()],
        "fault": wording_comments.FAULT[fault] if fault else "",
        "is_on": published_comments.is_on(viewer.agency_id),
        "tabs": [
            {"label": _("Menunggu"), "href": place, "current": not is_shown, "count": waiting.count},
            {"label": _("Tampil"), "href": f"{place}?lihat=tampil", "current": is_shown},
        ],
        "onward": f"?sesudah={found.after}{on}" if found.after else "",
        "first": f"{place}?{on.removeprefix('&')}".removesuffix("?") if after else "",
    }
    return render(request, "workbench/comments.html", page, status=_STATUS[fault] if fault else 200)


# Somebody else was faster, or a choice is missing.
_STATUS: Final = {Fault.WRONG_STATE: 409, Fault.GROUND_MISSING: 422}


def _line(row: "Comment", key: str, fault: Fault | None) -> dict[str, Any]:
    own = selectors.key_of(row)
    return {
        "pk": own[:12],
        "key": own,
        "number": row.report.publication.number,
        "title": row.report.publication.title,
        "name": row.name,
        "text": row.shown or row.body,
        "day": row.written_on,
        "findings": [] if row.shown else [_finding(row.body, one) for one in comments.findings(row.body)],
        "is_faulty": fault == Fault.GROUND_MISSING and own == key,
    }


def _finding(text: str, found: Any) -> dict[str, str]:
    return {
        "span": f"{found.start}-{found.end}",
        "kind": str(wording.FINDING[found.kind]),
        "words": text[found.start : found.end],
    }


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, agency: str) -> HttpResponse:
    """Show whether an agency takes comments, and let its admin decide otherwise, with a ground."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = views_organisation.door(request, agency, now)
    is_on = published_comments.is_on(found.pk)
    form = CommentRuleForm(
        request.POST if request.method == "POST" else None, initial={"mode": "on" if is_on else "off"}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            comment_rules.change(
                actor=viewer, agency_id=found.pk, is_on=said["mode"] == "on", ground=said["ground"], now=now
            )
        except OrganisationError as error:
            form.add_error(_FIELD.get(error.fault, "mode"), views_organisation.fault_words(error))
        else:
            messages.success(request, _("Aturan komentar tersimpan."))
            return redirect("workbench:comment_rule", found.slug)
    page = {"agency": found, "form": form}
    return render(request, "organisation/comments.html", page, status=422 if request.method == "POST" else 200)
