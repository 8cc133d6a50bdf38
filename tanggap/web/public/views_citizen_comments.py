"""The comments of an account: write one under a public report, see how each stands, take one away."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.domain import references
from tanggap.domain.citizens import FullError
from tanggap.domain.comments import NAME_MOST, TEXT_MOST, Fault, Ground, State
from tanggap.selectors import citizen_reports, published_comments
from tanggap.selectors import comments as selectors
from tanggap.services import comments
from tanggap.services.citizens import SignedIn
from tanggap.services.comments import CommentError
from tanggap.web import errors, wording_comments
from tanggap.web.citizens import citizen_required
from tanggap.web.forms_filing import posted
from tanggap.web.http import client_network
from tanggap.web.public.forms_citizen import CommentForm

if TYPE_CHECKING:
    from tanggap.models import Comment

_BESIDE = {Fault.TEXT_MISSING: "text", Fault.TEXT_TOO_LONG: "text"} | dict.fromkeys(
    (Fault.NAME_TOO_LONG, Fault.NAME_REACHES), "name"
)


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, who: SignedIn, number: str) -> HttpResponse:
    """Write a comment under a public report whose agency takes them; what is not public is unknown."""
    now = timezone.now()  # noqa: TID251 - a door
    parsed = references.parse(number) or ""
    report_id = citizen_reports.public_id(parsed)
    if report_id is None:
        raise Http404
    form = CommentForm(posted(request.POST) if request.method == "POST" else None)
    page: dict[str, Any] = {"number": parsed, "form": form, "name_most": NAME_MOST, "text_most": TEXT_MOST}
    page["is_open"] = published_comments.are_taken(report_id)
    if not form.is_valid():
        return render(request, "citizen/comment.html", page)
    said = form.cleaned_data
    if fault := comments.fault_of(text=said["text"], name=said["name"]):
        form.add_error(_BESIDE.get(fault), str(wording_comments.FAULT[fault]))
        return render(request, "citizen/comment.html", page, status=422)
    verdict = comments.may_write(who.key, client=client_network(request), now=now)
    if not verdict.allowed:
        return errors.too_many(request, verdict.retry_after_seconds)
    try:
        comments.write(who, report_id, text=said["text"], name=said["name"], now=now)
    except CommentError as error:
        form.add_error(_BESIDE.get(error.fault), str(wording_comments.FAULT[error.fault]))
        return render(request, "citizen/comment.html", page, status=422)
    except FullError:
        form.add_error(None, _("Akun ini sudah menyimpan 200 komentar. Hapus dahulu satu di antaranya."))
        return render(request, "citizen/comment.html", page, status=422)
    messages.success(request, _("Komentar Anda terkirim. Petugas memeriksanya sebelum tampil."))
    return redirect("public:citizen_comments")


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, who: SignedIn) -> HttpResponse:
    """List the own comments, the newest first, each with how it stands; take one away."""
    if request.method != "POST":
        rows = selectors.own(who.account.comments)
        return render(request, "citizen/comments.html", {"lines": [_line(row) for row in rows]})
    now = timezone.now()  # noqa: TID251 - a door
    try:
        comment_id = selectors.opened(request.POST.get("hapus", ""))
    except selectors.NotFoundError as error:
        raise Http404 from error
    comments.remove(who, comment_id, now=now)
    messages.success(request, _("Komentar Anda dihapus."))
    return redirect("public:citizen_comments")


def _line(row: "Comment") -> dict[str, Any]:
    """Return an own comment in words; of a report that is public no longer nothing is told but that."""
    publication = selectors.public_place(row)
    return {
        "key": selectors.key_of(row),
        "number": publication.number if publication else "",
        "title": publication.title if publication else "",
        "name": row.name or _("Pembaca"),
        "text": row.body,
        "day": row.written_on,
        "state": wording_comments.STATE[State(row.state)],
        "tone": {State.WAITING: "wait", State.SHOWN: "done"}.get(State(row.state), "late"),
        "ground": wording_comments.GROUND[Ground(row.ground)] if row.ground else "",
    }
