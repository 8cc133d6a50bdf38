"""Viewers without their names: what a wall asks is put together once for everybody who holds the same kind of office.

The ids of a viewer reach a statement as parameters. Stand-ins that are nobody's id mark their places, and each question
is asked with the ids of whoever asks.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from tanggap.domain.actors import (
    Actor,
    AgencyAdmin,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Reporter,
    System,
    UnitAdmin,
)

# No row has an id below one.
_USER: Final = -101
_AGENCY: Final = -102
_UNIT: Final = -103
_OTHERS: Final = -104
_REPORT: Final = -105

type Places = Mapping[Any, Any]


def of(viewer: Actor) -> tuple[Actor, Places] | None:
    """Return the stand-in for a viewer and what stands in the places of it; None for whom no wall can be kept.

    Of those with one, the wall asks the database for all that it needs: nothing of what it says today is in the
    question. What is asked in the place of another agency is no part of it.
    """
    match viewer:
        case System():
            return viewer, {}
        case Reporter(report_id=report_id):
            return Reporter(_REPORT), {_REPORT: report_id}
        case NationalAdmin() | AgencyAdmin() | UnitAdmin() | LiaisonOfficer() | InternalAuditor():
            return _of_office(viewer)
        case _:
            return None


def _of_office(
    viewer: NationalAdmin | AgencyAdmin | UnitAdmin | LiaisonOfficer | InternalAuditor,
) -> tuple[Actor, Places]:
    others = frozenset({_OTHERS}) if viewer.other_units else frozenset[int]()
    places = {_USER: viewer.user_id, _AGENCY: viewer.agency_id, _OTHERS: tuple(sorted(viewer.other_units))}
    match viewer:
        case UnitAdmin() | LiaisonOfficer() | InternalAuditor():
            made: Actor = replace(viewer, user_id=_USER, agency_id=_AGENCY, unit_id=_UNIT, other_units=others)
            return made, {**places, _UNIT: viewer.unit_id}
        case AgencyAdmin():
            return replace(
                viewer, user_id=_USER, agency_id=_AGENCY, other_units=others, verifies_for=frozenset()
            ), places
        case _:
            return replace(viewer, user_id=_USER, agency_id=_AGENCY, other_units=others), places


class UnfilledError(LookupError):
    """A stand-in has nothing in its place, or a parameter is of a kind in which none is looked for."""


def given(places: Places, param: Any) -> Any:
    """Return a parameter of a question that is kept, with what stands in its place now; a list takes several.

    Raises UnfilledError rather than ask about nobody: whoever is named in a report must not be asked for as nobody.
    """
    if isinstance(param, list | tuple):
        found = (given(places, each) for each in param)
        return [one for each in found for one in (each if isinstance(each, tuple) else (each,))]
    if isinstance(param, int | str | datetime):
        if param in places:
            return places[param]
        if isinstance(param, str | datetime) or param >= 0:
            return param
    elif param is None or isinstance(param, float):
        return param
    raise UnfilledError(param)
