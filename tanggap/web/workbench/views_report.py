"""One report on the desk: read it, decide, act; its clocks explained; its files."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain import privacy
from tanggap.domain.actors import user_of
from tanggap.domain.intake import clean
from tanggap.domain.lifecycle import Action
from tanggap.selectors import dossiers
from tanggap.selectors import reports as report_selectors
from tanggap.services import deadlines, notes, presence, reports
from tanggap.web import explanations, files, wording
from tanggap.web.actors import officer_required
from tanggap.web.workbench import attempts, deeds, doors, drafts, out_of_sight, page, views_secret, walks
from tanggap.web.workbench.attempts import Attempt
from tanggap.web.workbench.forms import Desk
from tanggap.web.workbench.views_drafts import outlives_session
from tanggap.web.workbench.walks import Walk

# What was done, after it was done.
_DONE = {
    Action.HOLD_ANSWER: gettext_lazy("%(number)s: jawaban tersimpan dan menunggu pemeriksaan kedua. Belum dikirim."),
    Action.SUBMIT_MEMO: gettext_lazy("%(number)s: nota dinas diajukan dan menunggu tanda tangan."),
    Action.CHECK_MEMO: gettext_lazy("%(number)s: nota dinas diperiksa dan menunggu tanda tangan."),
    Action.RETURN_MEMO: gettext_lazy("%(number)s: nota dinas dikembalikan kepada penulisnya."),
    Action.SIGN_MEMO: gettext_lazy("%(number)s: nota dinas ditandatangani dan jawabannya terkirim."),
    Action.PROPOSE_ARCHIVE: gettext_lazy("%(number)s: usul arsip tercatat. Petugas kedua harus mengonfirmasi."),
}


@outlives_session
@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show a report with the form of one deed, or carry a deed out."""
    now = timezone.now()  # noqa: TID251 - a door
    try:
        desk = doors.desk(request, number, now, also_in_place=True)
    except Http404:
        if request.method == "POST" and out_of_sight.was_open(request, number, now):
            return out_of_sight.answer(request, number, _action(request), now)
        raise
    if request.method == "POST":
        return _act(request, desk, now)
    presence.beat(actor=desk.viewer, report=desk.dossier.report, now=now)
    notes.have_read(actor=desk.viewer, report=desk.dossier.report, now=now)
    return page.answer(request, desk, attempts.first(desk, request.GET, request.GET.get("tindakan", "")), now=now)


def _act(request: HttpRequest, desk: Desk, now: datetime) -> HttpResponse:
    action = _action(request)
    attempt = attempts.read(request, desk, action)
    # Read before the deed moves the report to another place of the list.
    walk = walks.of(request, desk)
    following = walk.neighbours().after if request.GET.get("lanjut") else None
    try:
        is_done = attempts.carry_out(attempt, desk, now=now)
    except report_selectors.NotFoundError:
        # It was in sight a moment ago.
        return out_of_sight.answer(request, desk.dossier.report.number, action, now)
    except reports.NotAllowedError:
        return _moved_on(request, desk, attempt, now)
    if not is_done:
        attempt.draft = drafts.keep(desk, action, attempt.form, request.POST, now)
        return page.answer(request, desk, attempt, now=now, status=200 if attempt.preview else 422)
    onwards = {"tindakan": request.GET.get("lalu", ""), "kantor": request.GET.get("kantor", "")}
    return _done(request, walk, attempt.action, following=following, onwards=onwards)


def _action(request: HttpRequest) -> Action:
    """Return which deed is meant; an unknown one is an address that does not exist."""
    try:
        action = Action(request.POST.get("tindakan", ""))
    except ValueError as error:
        raise Http404 from error
    if action not in deeds.DEEDS:
        raise Http404
    return action


def _done(
    request: HttpRequest,
    walk: Walk,
    action: Action,
    *,
    following: str | None = None,
    onwards: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Say what was done, on the report while the officer may still see it, else on the list that it was opened from.

    `following`: the report that the officer goes on with, '' when it was the last one; None to stay. `onwards`: the
    deed that comes next on this one, and for which office.
    """
    number = walk.desk.dossier.report.number
    try:
        now_at = report_selectors.get(viewer=walk.desk.viewer, number=number)
    except report_selectors.NotFoundError:
        now_at = None
    if action in {Action.ANSWER, Action.SIGN_MEMO} and now_at is not None and now_at.held_answer_by_id is not None:
        action = Action.HOLD_ANSWER
    words = _DONE.get(action) or _("%(number)s: %(deed)s tercatat.")
    messages.success(request, str(words) % {"number": number, "deed": wording.ACTION[action]})
    if following is not None:
        return redirect(walk.to(following))
    if now_at is None:
        return redirect(walk.back_behind)
    walk = walk.after_deed(now_at)
    return redirect(f"{walk.here(**onwards)}#tindakan" if onwards and onwards["tindakan"] else walk.here())


def _moved_on(request: HttpRequest, before: Desk, attempt: Attempt, now: datetime) -> HttpResponse:
    """Answer 409 with what changed and the words that were typed; the second press of one button is no conflict."""
    try:
        desk = doors.desk(request, before.dossier.report.number, now, also_in_place=True)
    except Http404:
        return out_of_sight.answer(request, before.dossier.report.number, attempt.action, now)
    seen = attempt.form.cleaned_data.get("seen")
    if seen is not None and _is_repeat(desk, attempt, seen):
        return _done(request, walks.of(request, desk), attempt.action)
    again = None
    kept = drafts.keep(desk, attempt.action, attempt.form, request.POST, now)
    if attempt.action in deeds.possible(desk):
        again = attempts.again(desk, attempt)
        again.draft = kept
    since = seen if seen is not None else max(0, desk.dossier.report.event_count - 1)
    return page.answer(request, desk, again, now=now, status=409, moved_since=since, typed=attempt)


def _is_repeat(desk: Desk, attempt: Attempt, seen: int) -> bool:
    """Say whether the one thing that happened since is this very deed: sent twice on a bad line."""
    new = [event for event in desk.dossier.events if event.seq > seen]
    # A signed memo is followed by its answer at once.
    if not new or len(new) > (2 if attempt.action == Action.SIGN_MEMO else 1):
        return False
    event, text = new[0], desk.dossier.texts.get((new[0].seq, "text"))
    kinds = {attempt.action, Action.HOLD_ANSWER} if attempt.action == Action.ANSWER else {attempt.action}
    is_same_deed = event.kind in kinds and event.user_id == user_of(desk.viewer)
    return is_same_deed and (text or "") == clean(str(attempt.form.cleaned_data.get("text") or ""))


@officer_required
@require_safe
def clocks(request: HttpRequest, number: str) -> HttpResponse:
    """Explain every clock of a report, day by day."""
    now = timezone.now()  # noqa: TID251 - a door
    desk = doors.desk(request, number, now, also_in_place=True)
    runs = deadlines.compute(desk.dossier.events)
    explained = explanations.explain_runs(runs, get_language() or "id", now=now)
    return render(
        request,
        "workbench/clocks.html",
        {
            "report": desk.dossier.report,
            "title": page.shown_title(desk),
            "clocks": explained,
            "walk": walks.of(request, desk),
        },
    )


@officer_required
@require_safe
def file(request: HttpRequest, number: str, key: str) -> HttpResponseBase:
    """Give a file of a report to an officer who may read it; `?kecil` is the small form of a picture."""
    now = timezone.now()  # noqa: TID251 - a door
    desk = doors.desk(request, number, now, also_in_place=True)
    try:
        found = dossiers.file(viewer=desk.viewer, number=desk.dossier.report.number, key=key)
    except (dossiers.NotFoundError, report_selectors.NotFoundError) as error:
        raise Http404 from error
    reads = privacy.reads_original(desk.viewer, desk.dossier.case) or views_secret.has_opened(request, desk, now)
    is_open = privacy.may_read_file(is_reporters=found.is_reporters, kind=found.kind, reads_originals=reads)
    event, case = found.event.as_record(), desk.dossier.case
    if not is_open or not privacy.reads_event(desk.viewer, event, case, is_in_place=desk.dossier.is_in_place):
        raise Http404
    return files.serve(
        key=found.key, media_type=found.media_type, name=found.name, thumbnail="kecil" in request.GET, is_public=False
    )
