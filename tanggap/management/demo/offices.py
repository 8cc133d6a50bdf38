"""Who acts for the offices: the demo sign-ins, and colleagues whom nobody can sign in as."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from tanggap.domain.actors import AgencyAdmin, Evaluator, NationalAdmin, Officer, Ombudsman, System, UnitAdmin, officer
from tanggap.domain.appointments import Office
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import agencies
from tanggap.services import accounts

NATIONAL: Final = "admin-nasional"
PROVINCE: Final = "pemprov-banten"
AUDITORS: Final = "inspektorat"
PPID: Final = "ppid"
_SEATS: Final = {
    (NATIONAL, "", 0): "admin.nasional",
    (PROVINCE, "", 0): "admin.banten",
    (PROVINCE, "", 1): "admin.banten2",
    ("kab-tangerang", "", 0): "admin.tangerangkab",
    (PROVINCE, "dpupr", 0): "dpupr",
    (PROVINCE, "dpupr", 1): "operator.dpupr",
    (PROVINCE, "dindikbud", 0): "dindikbud",
    (PROVINCE, AUDITORS, 0): "inspektorat",
    (PROVINCE, PPID, 0): "ppid",
}


class Offices:
    """Finds the officer for a desk, and makes one where the desk has none yet."""

    def __init__(self, *, begin: datetime, on: date) -> None:
        self._begin, self._on = begin, on
        self._known: dict[tuple[str, str, int], Officer] = {}
        self._ids: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._units: dict[tuple[str, str], tuple[int, str]] = {}
        rows = account_selectors.list_officers(viewer=System(), on=on)
        self._users = {row.user.username: row.user_id for row in rows}

    def prepare(self, desks: Iterable[tuple[str, str]]) -> None:
        """Make every officer of these desks: where several processes play, none is made twice."""
        for agency, unit in sorted(desks):
            if unit:
                self.unit_officer(agency, unit)
            else:
                self.admin(agency)
                self.admin(agency, seat=1)

    def admin(self, agency: str, *, seat: int = 0) -> AgencyAdmin | NationalAdmin:
        """Return an admin of an agency; seat 1 is a colleague, for what takes two."""
        found = self._officer(agency, "", seat)
        if not isinstance(found, AgencyAdmin | NationalAdmin):
            raise TypeError(agency)
        return found

    def unit_officer(self, agency: str, unit: str) -> Officer:
        """Return the liaison officer of a unit, or the auditor where the unit is an inspectorate."""
        return self._officer(agency, unit, 0)

    def operator(self, agency: str, unit: str) -> UnitAdmin:
        """Return who prepares the answers of a unit."""
        found = self._officer(agency, unit, 1)
        if not isinstance(found, UnitAdmin):
            raise TypeError(unit)
        return found

    def ombudsman(self) -> Ombudsman:
        """Return the officer of the Ombudsman."""
        found = account_selectors.officer_of(self._users["ombudsman"], self._on)
        if not isinstance(found, Ombudsman):
            raise TypeError("ombudsman")
        return found

    def evaluator(self) -> Evaluator:
        """Return the evaluator of the national admin's office."""
        found = account_selectors.officer_of(self._users["evaluator"], self._on)
        if not isinstance(found, Evaluator):
            raise TypeError("evaluator")
        return found

    def username(self, agency: str, unit: str) -> str:
        """Return the name by which the first officer of a desk signs in."""
        return _username((agency, unit, 0))

    def agency_id(self, slug: str) -> int:
        """Return the id of an agency."""
        if slug not in self._ids:
            self._ids[slug] = agencies.by_slug(slug).pk
        return self._ids[slug]

    def agency_name(self, slug: str) -> str:
        """Return the name of an agency as people know it."""
        if slug not in self._names:
            self._names[slug] = agencies.by_slug(slug).name
        return self._names[slug]

    def unit_id(self, agency: str, unit: str) -> int:
        """Return the id of a unit."""
        return self._unit(agency, unit)[0]

    def unit_name(self, agency: str, unit: str) -> str:
        """Return the name of a unit."""
        return self._unit(agency, unit)[1]

    def _unit(self, agency: str, unit: str) -> tuple[int, str]:
        if (agency, unit) not in self._units:
            found = agencies.units(self.agency_id(agency))
            self._units |= {(agency, row.slug): (row.pk, row.name) for row in found}
        return self._units[agency, unit]

    def _officer(self, agency: str, unit: str, seat: int) -> Officer:
        key = agency, unit, seat
        if key not in self._known:
            self._known[key] = self._find(key)
        return self._known[key]

    def _find(self, key: tuple[str, str, int]) -> Officer:
        agency, unit, seat = key
        username = _username(key)
        if username not in self._users:
            self._users[username] = self._make(username, agency, unit, is_operator=bool(unit and seat))
        holder = account_selectors.officer_of(self._users[username], self._on)
        found = officer(holder) if holder else None
        if found is None:
            raise LookupError(f"{username} has no desk.")
        return found

    def _make(self, username: str, agency: str, unit: str, *, is_operator: bool) -> int:
        office = Office.LIAISON_OFFICER if unit else Office.AGENCY_ADMIN
        if is_operator:
            office = Office.UNIT_ADMIN
        if unit == AUDITORS:
            office = Office.INTERNAL_AUDITOR
        if agency == NATIONAL:
            office = Office.NATIONAL_ADMIN
        return accounts.create_officer(
            actor=System(),
            username=username,
            password=None,
            role=office.value,
            agency=agency,
            unit=unit or None,
            display_name=f"Petugas {unit or 'admin'} {agency} (contoh)",
            now=self._begin,
        ).pk


def _username(key: tuple[str, str, int]) -> str:
    agency, unit, seat = key
    return _SEATS.get(key) or f"{agency}.{unit or 'admin'}{seat + 1 if seat else ''}"
