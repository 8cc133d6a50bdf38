"""What must hold after every event."""

from datetime import datetime

from tanggap.domain.escalation import Rung
from tanggap.management.simulation.findings import Findings
from tanggap.management.simulation.staff import Staff
from tanggap.selectors import soundness
from tanggap.services.accounts import office_day

# The levels of those who work on the report themselves; whoever stands above them is not of its office.
_OF_THE_OFFICE = frozenset({Rung.OFFICER, Rung.DEPUTY, Rung.ADMIN})


class Watch:
    """Looks after every event."""

    def __init__(self, staff: Staff, findings: Findings, *, most_hops: int) -> None:
        self._staff, self._findings, self._most_hops = staff, findings, most_hops
        self._last_event = soundness.last_event()

    def report(self, report_id: int, now: datetime) -> None:
        """Check one report after an act."""
        self._count(soundness.of_report(report_id, on=office_day(now), most_hops=self._most_hops))

    def changed(self, now: datetime) -> None:
        """Check every report that a job has changed at this moment."""
        self._count(soundness.changed_at(now, on=office_day(now), most_hops=self._most_hops))

    def _count(self, broken: soundness.Broken) -> None:
        self._findings.without_owner += broken.without_owner
        self._findings.without_clock += broken.without_clock
        self._findings.too_many_hops += broken.too_many_hops
        self._findings.played["looks at a report"] += broken.looked

    def escalations(self, now: datetime) -> None:
        """Check whom the new escalations reached, by the book of the simulation."""
        day, found = office_day(now), self._findings
        for told in soundness.escalations(after=self._last_event):
            found.to_nobody += not told.people
            office = (told.agency_id, told.unit_id) if told.rung in _OF_THE_OFFICE else None
            found.to_absent += sum(not self._staff.is_there(person, day, office) for person in told.people)
            found.to_named += sum(person in told.named for person in told.people)
            found.played["escalations"] += 1
            found.played[f"escalated to {told.rung}"] += 1
            found.played["posts passed over"] += told.passed
            self._last_event = told.event_id

    def desks(self, now: datetime) -> None:
        """Check that whoever has taken reports is there for the office that has them, by the same book."""
        day = office_day(now)
        for person, agency_id, unit_id in soundness.desks():
            self._findings.left_behind += not self._staff.is_there(person, day, (agency_id, unit_id))
