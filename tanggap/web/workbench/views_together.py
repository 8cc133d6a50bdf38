"""Handle reports together, look at who is, and take them apart (T20, T21)."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tanggap.domain import references
from tanggap.domain.clusters import MOST_MEMBERS
from tanggap.domain.lifecycle import Action
from tanggap.domain.reasons import Reason
from tanggap.selectors import reports as report_selectors
from tanggap.services import clusters, reports
from tanggap.services.moves import MoveError
from tanggap.web import wording
from tanggap.web.actors import officer_required
from tanggap.web.wording_refusals import REFUSAL
from tanggap.web.workbench import doors, page, together, walks
from tanggap.web.workbench.forms import Desk
from tanggap.web.workbench.together import TogetherForm


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def cluster(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is handled together with a report and what may be, or change it."""
    now = timezone.now()  # noqa: TID251 - a door
    desk = doors.desk(request, number, now)
    if request.method == "POST":
        return _change(request, desk, now)
    return _page(request, desk, TogetherForm(auto_id="gabung_%s"))


def _change(request: HttpRequest, desk: Desk, now: datetime) -> HttpResponse:
    form = TogetherForm(request.POST, auto_id="gabung_%s")
    form.is_valid()
    asked = request.POST.getlist(together.NUMBERS)[: MOST_MEMBERS + 1]
    ticked = [number for text in asked if (number := references.parse(text))]
    here = desk.dossier.report.number
    lead = references.parse(request.POST.get(together.LEAD, "")) or ""
    pair = (lead, [here]) if lead else (here, ticked)
    try:
        if request.POST.get("tindakan") == Action.UNMERGE:
            return _apart(request, desk, ticked, now)
        made = clusters.merge(
            actor=desk.viewer,
            lead=pair[0],
            members=pair[1],
            now=now,
            is_checked=form.cleaned_data["is_checked"],
            note=_("Digabungkan dengan laporan %(number)s.") % {"number": pair[0]},
        )
    except report_selectors.NotFoundError:
        form.add_error(None, _("Laporan yang dipilih tidak ditemukan. Pilih dari daftar."))
    except clusters.NotTogetherError as error:
        if error.reason == Reason.VERIFY_FIRST and error.number in pair[1]:
            words = _("%(number)s belum diverifikasi. Baca dahulu, lalu centang ini.")
            form.add_error("is_checked", words % {"number": error.number})
        else:
            form.add_error(None, f"{error.number}: {REFUSAL[error.reason]}")
    except reports.NotAllowedError as error:
        form.add_error(None, str(REFUSAL[error.reason]))
    except MoveError as error:
        form.add_error(None, str(wording.FAULT[error.fault]))
    else:
        words = ngettext("%(n)s laporan digabungkan.", "%(n)s laporan digabungkan.", len(pair[1]))
        messages.success(request, words % {"n": len(pair[1])})
        walk = walks.of(request, desk)
        walk = walk.after_deed(made) if made.number == here else walk.held()
        return redirect(f"{resolve_url('workbench:cluster', made.number)}{walk.tail}")
    return _page(request, desk, form, ticked=ticked, status=422)


def _apart(request: HttpRequest, desk: Desk, ticked: Sequence[str], now: datetime) -> HttpResponse:
    """Take members out: those that were ticked on the page of their lead, or the report at hand itself."""
    report = desk.dossier.report
    lead, gone = report.number, list(ticked)
    if report.cluster_lead is not None:
        lead, gone = report.cluster_lead.number, [report.number]
    clusters.unmerge(actor=desk.viewer, lead=lead, members=gone, now=now)
    words = ngettext("%(n)s laporan dipisahkan.", "%(n)s laporan dipisahkan.", len(gone))
    messages.success(request, words % {"n": len(gone)})
    walk = walks.of(request, desk)
    try:
        now_at = report_selectors.get(viewer=desk.viewer, number=report.number)
    except report_selectors.NotFoundError:
        return redirect(walk.back_behind)
    return redirect(walk.after_deed(now_at).here())


def _page(
    request: HttpRequest, desk: Desk, form: TogetherForm, *, ticked: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    return render(
        request,
        "workbench/cluster.html",
        {
            "report": desk.dossier.report,
            "title": page.shown_title(desk),
            "together": together.part(desk, ticked=ticked, form=form),
            "tried": form,
            "walk": walks.of(request, desk),
        },
        status=status,
    )
