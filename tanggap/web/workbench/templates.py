"""Canned texts at the form of a deed: which are offered, and how one is filled for this report."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tanggap.domain import privacy
from tanggap.domain.lifecycle import Action
from tanggap.domain.templates import KIND_OF, Kind, Variable, fill
from tanggap.selectors import templates
from tanggap.templatetags.tanggap import tanggal
from tanggap.web.workbench.forms import Desk


@dataclass(frozen=True, slots=True)
class Offered:
    """The templates for one form, the unit's own apart from the agency's."""

    groups: list[tuple[str, list[tuple[str, str]]]]  # whose, then key and name


def offered(desk: Desk, action: Action) -> Offered | None:
    """Return the templates that fit a deed; None where there are none."""
    kind = KIND_OF.get(action)
    if kind is None:
        return None
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in templates.usable(viewer=desk.viewer, kind=kind, on=desk.today):
        groups.setdefault(str(row.unit or row.agency), []).append((templates.key_of(row), row.name))
    return Offered(list(groups.items())) if groups else None


def filled(desk: Desk, key: str, kind: Kind) -> str:
    """Return a template with this report's values; raises templates.NotFoundError for one that does not fit."""
    row = templates.get(viewer=desk.viewer, key=key)
    if row.kind != kind:
        raise templates.NotFoundError(key)
    return fill(row.text, values(desk))


def values(desk: Desk) -> dict[Variable, str]:
    """Return what the variables stand for, as this officer may read it."""
    report = desk.dossier.report
    zone = report.owner_agency.timezone
    is_hidden = privacy.is_hidden(desk.dossier.case)
    is_cut = is_hidden or bool(report.desk_title)
    return {
        Variable.NUMBER: report.number,
        # A filled text may become public, whoever fills it.
        Variable.TITLE: privacy.title_without_person(report.title, report.desk_title) if is_cut else report.title,
        Variable.AGENCY: report.owner_agency.name,
        Variable.UNIT: report.owner_unit.name if report.owner_unit else report.owner_agency.name,
        Variable.DUE: tanggal(report.due_at, zone) if report.due_at else _("waktu yang kami beritahukan"),
        Variable.REPORTER: _("Pelapor") if is_hidden else _("Bapak/Ibu pelapor"),
    }
