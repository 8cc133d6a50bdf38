"""What is true in each status: the first of the two tables of the life cycle, which `lifecycle` gives on."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a report stands."""

    UNVERIFIED = "unverified"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    PENDING = "pending"
    SPLIT = "split"
    CLOSED = "closed"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


class Family(StrEnum):
    """The six counters of the SP4N-LAPOR! dashboard."""

    UNVERIFIED = "unverified"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    PENDING = "pending"
    ARCHIVED = "archived"


class Holder(StrEnum):
    """Who must make the next step."""

    ADMIN = "admin"
    OFFICER = "officer"
    REPORTER = "reporter"
    PARTS = "parts"  # the reports that it was divided into
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class StatusSpec:
    """What is true while a report has a status."""

    family: Family
    holder: Holder
    is_open: bool = True  # it has an owner and a running clock
    may_publish: bool = False  # a report may become public here
    stays_public: bool = True  # once published it stays so
    is_final: bool = False  # there is no way out


STATUSES: dict[Status, StatusSpec] = {
    Status.UNVERIFIED: StatusSpec(Family.UNVERIFIED, Holder.ADMIN),
    Status.ASSIGNED: StatusSpec(Family.ASSIGNED, Holder.OFFICER, may_publish=True),
    Status.IN_PROGRESS: StatusSpec(Family.IN_PROGRESS, Holder.OFFICER, may_publish=True),
    Status.ANSWERED: StatusSpec(Family.IN_PROGRESS, Holder.REPORTER, may_publish=True),
    Status.PENDING: StatusSpec(Family.PENDING, Holder.REPORTER),
    Status.SPLIT: StatusSpec(Family.IN_PROGRESS, Holder.PARTS),
    Status.CLOSED: StatusSpec(Family.CLOSED, Holder.NOBODY, is_open=False),
    Status.ARCHIVED: StatusSpec(Family.ARCHIVED, Holder.NOBODY, is_open=False, stays_public=False),
    Status.WITHDRAWN: StatusSpec(Family.ARCHIVED, Holder.NOBODY, is_open=False, stays_public=False, is_final=True),
}

OPEN = frozenset(status for status, spec in STATUSES.items() if spec.is_open)
OVER = frozenset(Status) - OPEN
