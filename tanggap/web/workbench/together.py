"""What is handled together, on the desk: what may be the same, beside a report, and who leads (REQ-24, 25)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain import privacy
from tanggap.domain.actors import ADMINS
from tanggap.domain.clusters import MERGEABLE, waits_for_verification
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.policy import Allowed, decide
from tanggap.selectors import clusters, duplicates
from tanggap.web import wording
from tanggap.web.workbench.forms import Desk

if TYPE_CHECKING:
    from tanggap.models import Report

NUMBERS: Final = "laporan"
LEAD: Final = "utama"


class TogetherForm(forms.Form):
    """What comes with a merge besides the numbers: that the words were read."""

    use_required_attribute = False
    is_checked = forms.BooleanField(
        label=_("Saya sudah membaca setiap laporan yang belum diverifikasi"),
        help_text=_("Laporan itu ikut terverifikasi dan terbit. Data pribadi yang ditemukan disamarkan semuanya."),
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """One report beside another, with what decides whether they are about the same."""

    number: str
    title: str
    words: str
    photo: str
    place: str
    received_at: datetime
    zone: str
    code: str
    status: Promise
    office: str
    leads: int
    is_same_reporter: bool = False
    is_unverified: bool = False
    is_ticked: bool = False
    may_lead: bool = False  # the report at hand can follow this one


def part(desk: Desk, *, ticked: Iterable[str] = (), form: TogetherForm | None = None) -> dict[str, Any]:
    """Return what the part of the page shows; nothing is asked of the database where nothing can be."""
    report = desk.dossier.report
    chosen = frozenset(ticked)
    together = list(clusters.of(viewer=desk.viewer, report=report)) if desk.dossier.facts.is_in_cluster else []
    lead = next((row for row in together if row.pk == (report.cluster_lead_id or report.pk)), None)
    beside = _candidates(desk, chosen)
    may_lead = isinstance(decide(Action.TAKE_IN, actor=desk.viewer, case=desk.dossier.case), Allowed)
    is_unverified = waits_for_verification(report.status)
    return {
        "beside": beside,
        "members": [_row(desk, row, chosen) for row in together if row != lead],
        "lead": _row(desk, lead, chosen) if lead else None,
        "is_lead": lead is not None and lead.pk == report.pk,
        "follows": report.cluster_lead_id is not None,
        "may_lead": may_lead,
        "may_undo": may_undo(desk),
        "asks": (is_unverified and any(one.may_lead for one in beside))
        or (may_lead and any(one.is_unverified for one in beside)),
        "form": form or TogetherForm(auto_id="gabung_%s"),
    }


def may_undo(desk: Desk) -> bool:
    """Say whether this officer can take the cluster of the report apart."""
    undo = (Action.UNMERGE, Action.LET_GO)
    return any(isinstance(decide(one, actor=desk.viewer, case=desk.dossier.case), Allowed) for one in undo)


def _candidates(desk: Desk, ticked: frozenset[str]) -> list[Beside]:
    report = desk.dossier.report
    if report.status not in MERGEABLE or report.cluster_lead_id is not None or report.offered_agency_id is not None:
        return []
    text = desk.dossier.texts.get((1, "body")) or ""
    found = duplicates.candidates(viewer=desk.viewer, report=report, text=text)
    joins = desk.viewer.role in ADMINS and not report.member_count
    return [
        _row(
            desk,
            one.report,
            ticked,
            words=one.words,
            photo=one.photo,
            is_same_reporter=one.is_same_reporter,
            may_lead=joins and not waits_for_verification(one.report.status),
        )
        for one in found
    ]


def beside(desk: Desk, row: "Report") -> Beside:
    """Return a report that was found within the officer's sight, as it stands beside another one."""
    return _row(desk, row, frozenset())


def _row(desk: Desk, row: "Report", ticked: frozenset[str], **values: Any) -> Beside:
    is_hidden = row.is_anonymous or row.is_confidential
    reads = privacy.reads_listed(
        desk.viewer, is_hidden=is_hidden, status=row.status, owner_agency_id=row.owner_agency_id
    )
    return Beside(
        number=row.number,
        title=row.title if reads else privacy.title_without_person(row.title, row.desk_title),
        words=values.pop("words", ""),
        photo=values.pop("photo", ""),
        place=row.area.name if row.area else "",
        received_at=row.received_at,
        zone=row.owner_agency.timezone,
        code=row.status,
        status=wording.STATUS[Status(row.status)],
        office=str(row.owner_unit or row.owner_agency),
        leads=row.member_count,
        is_unverified=waits_for_verification(row.status),
        is_ticked=row.number in ticked,
        **values,
    )
