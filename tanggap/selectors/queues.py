"""The lists of the desk: what stands in a queue of `domain.queues`, narrowed by filters, one page at a time.

Nothing is listed that the viewer may not know of: every list begins within the wall of `selectors.reports`,
written so that each queue is one walk through an index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce

from tanggap.domain import queues
from tanggap.domain.actors import ADMINS, Officer
from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import OPEN, PROMISED, STATUSES, Family, Holder, Status
from tanggap.domain.progress import WATCHED
from tanggap.domain.queues import Assignee, Capacity, Queue, Secrecy
from tanggap.models import Deadline, Report
from tanggap.selectors import capacities, opaque, reports, tags

PAGE: Final = 25
MOST_IN_PLACE: Final = 1000
NO_UNIT: Final = 0  # where a unit is asked for: what no unit has been given


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of the desk shows; empty values narrow nothing."""

    queue: Queue = queues.OWN
    family: Family | None = None
    is_overdue: bool = False
    category: str = ""
    classification: str = ""
    unit_id: int | None = None  # NO_UNIT: without one
    area: str = ""
    words: str = ""  # all of which stand in what a unit may read
    status: Status | None = None
    is_newest_first: bool = False  # by the newest act, where else the due date decides
    is_whole: bool = False  # what is over, too
    clock: Clock | None = None  # the one that runs out first
    channel: str = ""
    since: date | None = None  # received on this day or later, where this installation stands
    until: date | None = None
    due_since: date | None = None  # due on this day or later
    due_until: date | None = None
    agency_id: int | None = None
    rating: int | None = None
    is_reopened: bool = False
    is_promise_late: bool = False  # the promised day has come, and nobody has said that it is done
    is_stale: bool = False  # in progress, and nothing was seen of it for fourteen working days
    secrecy: Secrecy | None = None
    supervisory: bool | None = None
    tag: str = ""  # a word that the viewer's agency hung on it

    @property
    def statuses(self) -> frozenset[Status]:
        """Return which statuses are listed: what is over is listed where it is asked for."""
        if self.is_promise_late:
            return PROMISED
        if self.family is None and self.status is None:
            return frozenset(Status) if self.is_whole and self.queue.statuses == OPEN else self.queue.statuses
        asked = frozenset(Status) if self.family is None else of_family(self.family)
        asked = asked if self.status is None else asked & {self.status}
        return asked if self.queue.statuses == OPEN else asked & self.queue.statuses

    @property
    def is_offered(self) -> bool:
        """Say whether the list holds what the viewer has to take or refuse: what is due is that answer."""
        return self.queue.capacity == Capacity.OFFERED

    @property
    def goes_by_act(self) -> bool:
        """Say whether the list goes by the newest act: it is asked for, or holds what is over, which is due no more."""
        return self.is_newest_first or bool(self.statuses - OPEN)


class Row(NamedTuple):
    """What the list of the desk shows of a report; the names of its offices, category and place are `names`'."""

    pk: int
    number: str
    title: str
    status: str
    urgency: str
    urgency_rank: int
    due_at: datetime | None
    owner_agency_id: int
    owner_unit_id: int | None
    category_id: str | None
    area_id: str | None
    supervisory: bool | None
    is_anonymous: bool
    is_confidential: bool
    last_acted_at: datetime
    assignee_id: int | None
    due_clock: str = ""
    cluster_lead_id: int | None = None  # handled with others: who leads them, how many follow
    member_count: int = 0
    desk_title: str = ""
    is_stale: bool = False
    reopen_asked_at: datetime | None = None  # while an overseer's request waits for the national admin
    deciders: str = ""  # whose word it waits for, and who alone asked for it (`domain.awaited`)
    decision_asked_by_id: int | None = None
    tag_words: Sequence[str] = ()  # those of the viewer's agency, the first of them


# Until when an agency says whether what it is offered is its own. No due date of the report, which its owner keeps
# (ADR 0022), but the one that counts for who is asked. Such offers are of few days: they are put in order as they are.
_RUNNING: Final = Deadline.objects.filter(clock=Clock.HOP.value, stopped_at=None)
_ANSWER_DUE: Final = Coalesce(Subquery(_RUNNING.filter(report_id=OuterRef("pk")).values("due_at")[:1]), F("due_at"))
_OF_OFFER: Final[Mapping[str, Combinable]] = {"due_at": _ANSWER_DUE, "due_clock": Value(Clock.HOP.value)}


class Key(NamedTuple):
    """A place in a list: `at` is the due date, or the newest act where the list goes by that."""

    at: datetime
    urgency_rank: int
    pk: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, with the keys to the next."""

    rows: Sequence[Row]
    after: str  # '' when there is nothing more


def list_(*, viewer: Officer, filters: Filters, after: str = "", size: int = PAGE) -> Page:
    """Return a page of the desk: open work by due date and urgency, what is over by the newest act.

    `after` is the key that the page before gave; a key that was not given is as none.
    """
    found = ordered(listed(viewer, filters), filters)
    if key := read_key(after):
        found = found.filter(beyond(key, filters))
    rows = lines_of(viewer, found[: size + 1], is_offered=filters.is_offered)
    more = rows[size:]
    rows = rows[:size]
    return Page(rows=rows, after=write_key(key_of(rows[-1], filters)) if more else "")


def lines_of(viewer: Officer, found: QuerySet[Report], *, is_offered: bool = False) -> list[Row]:
    """Return reports that the viewer may know of as the lines of a list, with the tags of the viewer's agency.

    What `is_offered` is due when it has to be taken or refused.
    """
    told = found.annotate(tag_words=ArraySubquery(tags.words_of_row(viewer)))
    columns = [_OF_OFFER.get(name, name) if is_offered else name for name in Row._fields]
    return [Row(*values) for values in told.values_list(*columns)]


def rows_of(viewer: Officer, filters: Filters) -> QuerySet[Report]:
    """Return the reports of a list, in no order, for who does something with all of them: never another agency's."""
    return Report.objects.none() if filters.queue.is_others else listed(viewer, filters)


def count_in_place(viewer: Officer) -> int:
    """Return how many reports an admin may verify in the place of other agencies, counted to `MOST_IN_PLACE`.

    They stand in no counter: whom an agency oversees changes with an edge, not with a report (ADR 0039).
    """
    return reports.in_place(viewer=viewer)[:MOST_IN_PLACE].count()


def count_reopen_asked(viewer: Officer) -> int:
    """Return how many closed reports overseers ask to be opened again: few, and in no counter."""
    rows = _standing(viewer, Filters(queue=queues.REOPEN_ASKED))
    return rows[:MOST_IN_PLACE].count()


def listed(viewer: Officer, filters: Filters) -> QuerySet[Report]:
    """Return the reports of a list, in no order, for who looks at them one by one: those of other agencies, too."""
    return _tagged(_filtered(_standing(viewer, filters), filters), viewer, filters)


def _tagged(rows: QuerySet[Report], viewer: Officer, filters: Filters) -> QuerySet[Report]:
    return tags.narrowed(rows, viewer, filters.tag) if filters.tag else rows


def narrowed(rows: QuerySet[Report], viewer: Officer, filters: Filters) -> QuerySet[Report]:
    """Return what filters leave of rows that a search found: they decide nothing about who may know of a report."""
    is_whole = filters.statuses == frozenset(Status)
    rows = rows if is_whole else rows.filter(status__in=sorted(filters.statuses))
    return _tagged(_filtered(rows, filters), viewer, filters)


def ordered(rows: QuerySet[Report], filters: Filters) -> QuerySet[Report]:
    """Return the reports of a list in its order."""
    if filters.goes_by_act:
        return rows.order_by("-last_acted_at", "-id")
    return rows.order_by(_due(filters), "urgency_rank", "id")


def _due(filters: Filters) -> Combinable:
    return _ANSWER_DUE if filters.is_offered else F("due_at")


def _standing(viewer: Officer, filters: Filters) -> QuerySet[Report]:
    """Return what stands in a queue; a queue that is not the viewer's holds nothing."""
    queue = filters.queue
    if viewer.role not in queue.roles:
        return Report.objects.none()
    rows = reports.not_named(capacities.of(viewer, queue), viewer)
    if queue.is_owed:
        # What is owed is open by its own condition; saying it twice misleads the planner's estimates.
        rows = rows.filter(_OWED_BY_ADMIN if viewer.role in ADMINS else Q(status__in=_HELD_BY_OFFICER))
    is_said = _is_said_by_flag(filters) or (queue.is_owed and filters.family is None and filters.status is None)
    is_said = is_said or filters.statuses == queue.statuses == frozenset(Status)
    if not is_said:
        rows = rows.filter(status__in=sorted(filters.statuses))
    if queue.is_work:
        rows = rows.filter(goes_along=False)
    if queue.came_back:
        rows = rows.filter(came_back=True)
    if queue.assignee == Assignee.ME:
        rows = rows.filter(assignee_id=viewer.user_id)
    elif queue.assignee == Assignee.NOBODY:
        rows = rows.filter(assignee__isnull=True)
    return rows


def _is_said_by_flag(filters: Filters) -> bool:
    """Say whether what is asked for stands in the statuses by itself: what is late is open, what stands in progress."""
    is_late = (filters.is_overdue or filters.queue.is_overdue) and filters.statuses >= OPEN
    return is_late or (filters.is_stale and filters.statuses >= WATCHED)


# Who must make the next step, read from the table. An admin also owes what no unit has been given:
# the conditions are those of the partial index report_owed_admin, so that the list is one walk through it.
_HELD_BY_ADMIN: Final = sorted(status.value for status, spec in STATUSES.items() if spec.holder == Holder.ADMIN)
_HELD_BY_OFFICER: Final = sorted(status.value for status, spec in STATUSES.items() if spec.holder == Holder.OFFICER)
_OWED_BY_ADMIN: Final = Q(status__in=_HELD_BY_ADMIN) | Q(owner_unit__isnull=True, status__in=_HELD_BY_OFFICER)


def of_family(family: Family) -> frozenset[Status]:
    """Return the statuses of a family."""
    return frozenset(status for status, spec in STATUSES.items() if spec.family == family)


def _filtered(rows: QuerySet[Report], filters: Filters) -> QuerySet[Report]:
    if filters.is_overdue or filters.queue.is_overdue:
        rows = rows.filter(is_overdue=True)
    if filters.category:
        rows = rows.filter(Q(category_id=filters.category) | Q(category__parent_id=filters.category))
    if filters.classification:
        rows = rows.filter(classification=filters.classification)
    if filters.unit_id is not None:
        rows = rows.filter(owner_unit_id=None if filters.unit_id == NO_UNIT else filters.unit_id)
    if filters.area:
        rows = rows.filter(Q(area_id=filters.area) | Q(area__code__startswith=f"{filters.area}."))
    return rows.filter(_further(filters))


def _said(words: str) -> Q:
    """Return the condition that a report holds all of the words, in any form."""
    return Q(desk_search__words=SearchQuery(words, config="indonesian", search_type="plain")) if words else Q()


_SECRECY: Final = {
    Secrecy.OPEN: Q(is_anonymous=False, is_confidential=False),
    Secrecy.ANONYMOUS: Q(is_anonymous=True),
    Secrecy.CONFIDENTIAL: Q(is_confidential=True),
}


def _of_agency(agency_id: int | None) -> Q:
    return Q() if agency_id is None else Q(owner_agency_id=agency_id)


def _further(filters: Filters) -> Q:
    """Return the conditions that are one column each."""
    found = _said(filters.words) & _of_agency(filters.agency_id)
    if filters.clock is not None:
        found &= Q(due_clock=filters.clock.value)
    if filters.channel:
        found &= Q(channel=filters.channel)
    if filters.rating is not None:
        found &= Q(rating=filters.rating)
    found &= _flagged(filters)
    if filters.secrecy is not None:
        found &= _SECRECY[filters.secrecy]
    if filters.supervisory is not None:
        found &= Q(supervisory=True) if filters.supervisory else ~Q(supervisory=True) | Q(supervisory__isnull=True)
    return found & _received(filters)


def _flagged(filters: Filters) -> Q:
    found = Q(reopen_count__gt=0) if filters.is_reopened else Q()
    if filters.is_promise_late:
        found &= Q(promise_asked=True)
    return found & Q(is_stale=True) if filters.is_stale else found


def due_between(since: date | None, until: date | None) -> Q:
    """Return the condition for what is due on these days, where this installation stands."""
    zone, found = ZoneInfo(settings.TIME_ZONE), Q()
    if since is not None:
        found &= Q(due_at__gte=datetime.combine(since, time(), zone))
    if until is not None:
        found &= Q(due_at__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return found


def _received(filters: Filters) -> Q:
    zone, found = ZoneInfo(settings.TIME_ZONE), due_between(filters.due_since, filters.due_until)
    if filters.since is not None:
        found &= Q(received_at__gte=datetime.combine(filters.since, time(), zone))
    if filters.until is not None:
        found &= Q(received_at__lt=datetime.combine(filters.until + timedelta(days=1), time(), zone))
    return found


def key_of(row: Row | Report, filters: Filters) -> Key | None:
    """Return the place of a report in the order of a list; None for what is over in a list that goes by due dates."""
    at = row.last_acted_at if filters.goes_by_act else _due_of(row, filters)
    return None if at is None else Key(at, row.urgency_rank, row.pk)


def _due_of(row: Row | Report, filters: Filters) -> datetime | None:
    if filters.is_offered and isinstance(row, Report):
        return _RUNNING.filter(report=row).values_list("due_at", flat=True).first() or row.due_at
    return row.due_at


def beyond(key: Key, filters: Filters, *, is_backwards: bool = False) -> TupleGreaterThan | TupleLessThan:
    """Return the condition for what comes after a place in a list, or before it.

    A comparison of rows, which PostgreSQL answers from the index of the order, in either direction.
    """
    compare = TupleGreaterThan if filters.goes_by_act == is_backwards else TupleLessThan
    if filters.goes_by_act:
        return compare(Tuple("last_acted_at", "id"), (key.at, key.pk))
    return compare(Tuple(_due(filters), "urgency_rank", "id"), tuple(key))


def write_key(key: Key | None) -> str:
    """Return a place as an address says it, '' for none. Sealed: its primary key counts what one may not know of."""
    return "" if key is None else opaque.seal(_KEY, [key.at.isoformat(), key.urgency_rank, key.pk])


def read_key(text: str) -> Key | None:
    """Return the place that an address says; None for whatever `write_key` did not write."""
    parts = opaque.open_(_KEY, text)
    return None if parts is None else Key(datetime.fromisoformat(parts[0]), parts[1], parts[2])


_KEY: Final = "key of the desk's list"
