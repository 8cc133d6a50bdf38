"""Suggestions beside the form of a verification: one key fills in category, office and note; it sends nothing.

What the office often chose stands apart and has no key: nothing in the report speaks for it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tanggap.domain import privacy, supervisory
from tanggap.domain.actors import AgencyAdmin, NationalAdmin
from tanggap.domain.lifecycle import Action
from tanggap.selectors import suggestions
from tanggap.selectors.suggestions import Suggestion
from tanggap.templatetags.tanggap import named
from tanggap.web.workbench.forms import NO, Desk

_OFTEN: Final = "sering"
_VERIFYING: Final = frozenset({Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF})


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion, or what is often chosen, as it is read, and what it fills in."""

    key: str  # '' for what is often chosen
    category: str
    office: str
    reason: str
    words: str  # found in the report
    href: str
    filling: str  # JSON of field names and values; '' where another form is opened


def offers(desk: Desk) -> tuple[list[Offer], list[Offer]]:
    """Return what fits the report before the officer, the most likely first; and apart, what the office often chose."""
    found = _found(desk)
    suggested = [_offer(desk, one, name=str(number), key=str(number)) for number, one in enumerate(found, 1)]
    often = enumerate(_often(desk, found), 1)
    return suggested, [_offer(desk, one, name=f"{_OFTEN}{number}") for number, one in often]


def first_values(desk: Desk, action: Action, chosen: str) -> dict[str, Any]:
    """Return what the form of an action begins with when a suggestion was chosen by its number, or what is often."""
    found = _found(desk)
    if chosen.startswith(_OFTEN):
        found, chosen = _often(desk, found), chosen.removeprefix(_OFTEN)
    one = next((one for number, one in enumerate(found, 1) if str(number) == chosen), None)
    if one is None:
        return {}
    if action in _VERIFYING:
        return dict(_filling(desk, one))
    if action == Action.RETURN and one.agency is not None:
        return {"suggested_agency": str(one.agency.pk), "text": reason_of(one)}
    return {}


def _found(desk: Desk) -> Sequence[Suggestion]:
    found = suggestions.suggest(report=desk.dossier.report, texts=texts_of(desk))
    # In the place of an agency one does not send its reports elsewhere.
    return [one for one in found if one.agency is None] if desk.dossier.is_in_place else found


def _often(desk: Desk, suggested: Sequence[Suggestion]) -> Sequence[Suggestion]:
    return suggestions.often_chosen(viewer=desk.viewer, report=desk.dossier.report, suggested=suggested)


def texts_of(desk: Desk) -> list[str]:
    """Return the words of the report in which the rules look."""
    return [desk.dossier.texts.get((1, name)) or "" for name in ("title", "body", "location")]


def _offer(desk: Desk, one: Suggestion, *, name: str, key: str = "") -> Offer:
    is_filled = one.agency is None or isinstance(desk.viewer, NationalAdmin)
    action = Action.VERIFY_AND_ASSIGN if is_filled else Action.RETURN
    # What the officer may not read whole is not quoted either.
    reads = privacy.reads_original(desk.viewer, desk.dossier.case)
    return Offer(
        key=key,
        category=named(one.category),
        office=str(one.unit.name if one.unit is not None else one.agency.name if one.agency is not None else ""),
        reason=reason_of(one),
        words=", ".join(one.words) if reads else "",
        href=f"?tindakan={action.value}&usulan={name}",
        filling=json.dumps(_filling(desk, one)) if is_filled else "",
    )


def _filling(desk: Desk, one: Suggestion) -> Mapping[str, str]:
    """Return the fields of a verification that a suggestion answers. That nothing is supervisory is said only
    where rules read the words, and neither words nor category hint at it: else the officer decides."""
    values = {"category": one.category.pk, "text": _("Mohon ditindaklanjuti sesuai tugas unit Anda.")}
    if one.unit is not None and isinstance(desk.viewer, AgencyAdmin):
        values["unit"] = str(one.unit.pk)
    if one.agency is not None and isinstance(desk.viewer, NationalAdmin):
        values["agency"] = str(one.agency.pk)
        values["text"] = _("Mohon diverifikasi dan ditindaklanjuti sesuai wewenang Anda.")
    hinted = supervisory.hints(*(desk.dossier.texts.get((1, name)) or "" for name in ("title", "body")))
    was_said = desk.dossier.facts.supervisory is True
    if not one.times and not hinted and not was_said and not one.category.suggest_supervisory:
        values["supervisory"] = NO
    return values


def reason_of(one: Suggestion) -> str:
    """Say why an office is suggested: the words of the rules, or how often the own office did so."""
    if one.times:
        return ngettext(
            "Dipilih instansi Anda %(n)s kali belakangan ini.",
            "Dipilih instansi Anda %(n)s kali belakangan ini.",
            one.times,
        ) % {"n": one.times}
    english = (get_language() or "id").startswith("en")
    return " ".join(rule.reason_en if english else rule.reason for rule in one.reasons)
