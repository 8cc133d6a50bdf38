"""Follow a report at /lacak with number and code: the door, the page, the acts of the reporter, the own files.

The code is posted, never part of an address; what it opens is remembered in the session for two hours.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.domain.actors import Reporter
from tanggap.domain.intake import clean
from tanggap.domain.lifecycle import Action
from tanggap.domain.limits_of_use import Bucket
from tanggap.domain.policy import choices
from tanggap.domain.reasons import NEED_OF_REASON, Reason
from tanggap.selectors import own_reports, reports
from tanggap.selectors.own_reports import OwnReport
from tanggap.services import addresses, limits, signed_receipts, tracking
from tanggap.services import reports as report_services
from tanggap.services.moves import MoveError
from tanggap.web import errors, uploads, wording, wording_handover, wording_refusals
from tanggap.web.actors import end_tracking, grant_tracking, tracked_report
from tanggap.web.files import serve
from tanggap.web.forms_filing import posted
from tanggap.web.http import client_network
from tanggap.web.public import history, resuming
from tanggap.web.public.evidence import evidence_file
from tanggap.web.public.forms_tracking import ActionForm, TrackForm, seal_seen
from tanggap.web.public.recognising import recognised
from tanggap.web.public.tracking_acts import DEEDS, form_of, open_deeds


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and open the report that they belong to.

    Wrong codes are counted, per client and per number. The right one opens the report whatever others tried at
    its number: a code has 80 random bits, so what is guarded there is the server, and nobody is shut out by a stranger.
    """
    form = TrackForm(posted(request.POST)) if request.method == "POST" else TrackForm()
    if not form.is_valid():
        return render(request, "tracking/door.html", {"form": form}, status=422 if form.is_bound else 200)
    now = timezone.now()  # noqa: TID251 - a door
    found = recognised(request, form, now)
    if isinstance(found, HttpResponse):
        return found
    grant_tracking(request, found.report_id, now)
    return redirect("public:tracked")


@require_safe
def tracked(request: HttpRequest) -> HttpResponse:
    """Show the report to its reporter."""
    now = timezone.now()  # noqa: TID251 - a door
    found = own_of(request, now)
    return _page(request, *found, now=now) if found else redirect("public:track")


@require_safe
def withdrawing(request: HttpRequest) -> HttpResponse:
    """Ask once more before a report is withdrawn: that cannot be undone."""
    return _once_more(request, "cabut", "tracking/withdraw.html")


@require_safe
def erasing(request: HttpRequest) -> HttpResponse:
    """Ask once more before who reported is erased: nobody can undo that, we neither."""
    return _once_more(request, "hapus-identitas", "tracking/erase.html")


def _once_more(request: HttpRequest, deed: str, template: str) -> HttpResponse:
    """Show the page that asks once more, where the reporter may do it now."""
    found = own_of(request, timezone.now())  # noqa: TID251 - a door
    if found is None:
        return redirect("public:track")
    reporter, own = found
    if deed not in open_deeds(reporter, own.case):
        return redirect("public:tracked")
    return render(request, template, {"own": own, "seen": seal_seen(own.report.pk, own.report.event_count)})


@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """Explain every date of the report, day by day: "Mengapa tanggal ini?"."""
    now = timezone.now()  # noqa: TID251 - a door
    found = own_of(request, now)
    if found is None:
        return redirect("public:track")
    _reporter, own = found
    explained = history.explained(own, get_language() or "id", now=now)
    return render(request, "tracking/clocks.html", {"own": own, "clocks": explained})


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """Give the proof that the report stands in the signed record, to keep beside the receipt (REQ-37)."""
    now = timezone.now()  # noqa: TID251 - a door
    reporter = tracked_report(request, now)
    if reporter is None:
        return redirect("public:track")
    found = signed_receipts.evidence_of(reporter.report_id)
    if found is None:
        messages.info(request, _("Berkas bukti ada setelah titik periksa berikutnya, dalam waktu sehari."))
        return redirect("public:tracked")
    return evidence_file(found)


@require_safe
def file(request: HttpRequest, key: str, *, thumbnail: bool = False) -> HttpResponseBase:
    """Give a file of the report to its reporter; to anybody else there is none."""
    now = timezone.now()  # noqa: TID251 - a door
    reporter = tracked_report(request, now)
    if reporter is None:
        raise Http404
    try:
        found = own_reports.file(viewer=reporter, key=key)
    except own_reports.NotFoundError as error:
        raise Http404 from error
    return serve(key=found.key, media_type=found.media_type, name=found.name, thumbnail=thumbnail)


@require_POST
def part(request: HttpRequest) -> HttpResponse:
    """Open a part of the reporter's report, or the whole again; to anybody else there is none.

    Its number comes in the form, where no log on the way keeps it.
    """
    now = timezone.now()  # noqa: TID251 - a door
    reporter = tracked_report(request, now)
    found = tracking.part_of(reporter, request.POST.get("number", "")) if reporter is not None else None
    if found is None:
        raise Http404
    grant_tracking(request, found.report_id, now)
    return redirect("public:tracked")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the report in this browser: for a borrowed telephone."""
    end_tracking(request)
    return redirect("public:track")


@require_POST
def ask_again(request: HttpRequest) -> HttpResponse:
    """Send the mail that asks to confirm the address once more; the answer is the same whether it may be sent."""
    now = timezone.now()  # noqa: TID251 - a door
    reporter = tracked_report(request, now)
    if reporter is None:
        return redirect("public:track")
    verdict = limits.hit(Bucket.FILE_CLIENT, client_network(request), now=now)
    if not verdict.allowed:
        return errors.too_many(request, verdict.retry_after_seconds)
    addresses.ask_again(actor=reporter, now=now)
    words = _("Surel konfirmasi kami kirim lagi, kecuali alamat itu hari ini sudah mendapat beberapa. Tunggu sebentar.")
    messages.success(request, words)
    return redirect("public:tracked")


@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Carry out what the reporter decided, or show the page again with what was typed."""
    if slug not in DEEDS:
        raise Http404
    now = timezone.now()  # noqa: TID251 - a door
    answer = resuming.opened_again(request, DEEDS[slug].form.base_fields, now)
    found = None if answer else own_of(request, now)
    if found is None:
        return answer or redirect("public:track")
    verdict = limits.hit(Bucket.FILE_CLIENT, client_network(request), now=now)
    if not verdict.allowed:
        return errors.too_many(request, verdict.retry_after_seconds)
    reporter, own = found
    data = posted(request.POST)
    form = form_of(slug, own.report.pk, data)
    basket = (
        uploads.take(request, data, binding=_binding(request, slug)) if "files" in form.fields else uploads.Basket()
    )
    form.is_valid()
    for trouble in (*basket.troubles, *resuming.files_lost(request)):
        form.add_error("files", trouble)
    status = 422 if form.errors else _do(reporter, own, slug, form, basket, now=now)
    if status is None:
        messages.success(request, str(DEEDS[slug].done))
        return redirect("public:tracked")
    fresh = own_reports.get(viewer=reporter, now=now)
    if status == 409 and _is_done_already(fresh, slug, data):
        return redirect("public:tracked")
    return _page(request, reporter, fresh, now=now, slug=slug, form=form, basket=basket, status=status)


def _do(
    reporter: Reporter, own: OwnReport, slug: str, form: ActionForm, basket: uploads.Basket, *, now: datetime
) -> int | None:
    """Do the act; returns None when it is done, else the status to answer, with the reason on the form."""
    action = open_deeds(reporter, own.case).get(slug)
    if action is None:
        form.add_error(None, str(wording_refusals.REFUSAL[Reason.WRONG_STATUS]))
        return 409
    try:
        report_services.act(
            actor=reporter,
            number=own.report.number,
            action=action,
            move=form.move(basket.files),
            seen=form.cleaned_data["seen"],
            now=now,
        )
    except MoveError as error:
        form.add_error(error.field if error.field in form.fields else None, str(wording.FAULT[error.fault]))
        return 422
    except report_services.NotAllowedError as error:
        is_missing = error.reason in NEED_OF_REASON
        field = "text" if is_missing and "text" in form.fields else None
        form.add_error(field, str(wording_refusals.REFUSAL[error.reason]))
        return 422 if is_missing else 409
    return None


def _is_done_already(own: OwnReport, slug: str, data: QueryDict) -> bool:
    """Say whether the last event is this very act: a button that was pressed twice."""
    last = own.entries[-1] if own.entries else None
    return last is not None and last.event.kind in DEEDS[slug].actions and last.text == clean(data.get("text", ""))


def own_of(request: HttpRequest, now: datetime) -> tuple[Reporter, OwnReport] | None:
    """Return the report of this session, or None where none was opened or it is gone."""
    reporter = tracked_report(request, now)
    if reporter is None:
        return None
    try:
        return reporter, own_reports.get(viewer=reporter, now=now)
    except reports.NotFoundError:
        end_tracking(request)
        return None


def _binding(request: HttpRequest, slug: str) -> str:
    return f"{request.session.session_key}:{slug}"


def _page(
    request: HttpRequest,
    reporter: Reporter,
    own: OwnReport,
    *,
    now: datetime,
    slug: str = "",
    form: ActionForm | None = None,
    basket: uploads.Basket | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page; `slug`, `form` and `basket` are of an act that was not taken."""
    forms = _forms(reporter, own, slug=slug, form=form)
    context: dict[str, Any] = {
        **history.page(own, get_language() or "id", now=now),
        "forms": forms,
        "handed": [words for part, words in wording_handover.PART.items() if part in own.facts.handed_over],
        "may_edit": Action.EDIT in choices(actor=reporter, case=own.case),
        "asks_data": open_deeds(reporter, own.case).get("keterangan") == Action.SUPPLY_DATA,
        "tried": form,
        "tried_words": form["text"].value() if form and "text" in form.fields and slug not in forms else "",
        "basket": basket,
        "kept": basket.signed(_binding(request, slug)) if basket else "",
    }
    return render(request, "tracking/report.html", context, status=status)


def _forms(reporter: Reporter, own: OwnReport, *, slug: str, form: ActionForm | None) -> Mapping[str, ActionForm]:
    """Return a form for each thing that may be done now; the tried one as it was filled in, on the newest state."""
    seen = seal_seen(own.report.pk, own.report.event_count)
    now_so = {
        "is_anonymous": "reporter" in own.facts.anonymous_by,
        "is_confidential": "reporter" in own.facts.confidential_by,
        "rating": own.report.rating,
        "solved": own.report.solved,
    }
    made: dict[str, ActionForm] = {}
    for name in open_deeds(reporter, own.case):
        if name == slug and form is not None:
            form.look_at(seen)
            made[name] = form
        else:
            values = {"seen": seen, **now_so}
            made[name] = form_of(name, own.report.pk, initial=values)
    return made
