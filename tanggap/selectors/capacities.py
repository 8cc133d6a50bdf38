"""As what a viewer has a report: what each capacity of `domain.queues` holds, before it is narrowed.

Each is one index, and none is wider than the wall of `selectors.reports`.
"""

from django.db.models import Q, QuerySet

from tanggap.domain.actors import ADMINS, OFFICERS, Officer, unit_of
from tanggap.domain.awaited import Decider, decides_as
from tanggap.domain.memos import WAITS_FOR_SIGNER, MemoState
from tanggap.domain.queues import Capacity, Queue
from tanggap.models import Report
from tanggap.selectors import reports


def of(viewer: Officer, queue: Queue) -> QuerySet[Report]:
    """Return the reports that a viewer has in the capacity of a queue, in which the viewer may be named still."""
    match queue.capacity:
        case Capacity.HELD:
            held = Report.objects.filter(held_answer_by__isnull=False).exclude(held_answer_by_id=viewer.user_id)
            return held if queue.is_everywhere else held.filter(owner_agency_id=viewer.agency_id)
        case Capacity.MEMO:
            return reports.owned(viewer=viewer).filter(_memo_to_do(viewer))
        case Capacity.SUPPORTING:
            return _supported(viewer)
        case Capacity.IN_PLACE:
            return reports.in_place(viewer=viewer)
        case Capacity.KNOWN:
            return reports.visible(viewer=viewer)
        case Capacity.TO_DECIDE:
            return _to_decide(viewer)
        case Capacity.OWNER:
            return Report.objects.all() if queue.is_everywhere else reports.owned(viewer=viewer)
        case _:
            return _of_whole_agency(viewer, queue.capacity)


def _of_whole_agency(viewer: Officer, capacity: Capacity) -> QuerySet[Report]:
    """Return the reports of a capacity that whole agencies have."""
    match capacity:
        case Capacity.OFFERED:
            return Report.objects.filter(offered_agency_id=viewer.agency_id)
        case Capacity.DISPUTED:
            return Report.objects.filter(is_disputed=True)
        case Capacity.OBJECTED:
            return Report.objects.filter(owner_agency_id=viewer.agency_id, is_objected=True)
        case Capacity.REOPEN_ASKED:
            return Report.objects.filter(reopen_asked_at__isnull=False)
        case Capacity.FORMER:
            had = Report.objects.filter(former_agency_ids__contains=[viewer.agency_id])
            return had.exclude(former_agency_ids=[])
        case Capacity.SUPERVISORY:
            return Report.objects.filter(owner_agency_id=viewer.agency_id, supervisory=True)
        case _:
            raise ValueError(f"{capacity} is had by more than agencies.")


def _memo_to_do(viewer: Officer) -> Q:
    """Return the condition of the memos that wait for somebody: returned ones, and for a signer what is submitted."""
    returned = Q(memo_state=MemoState.RETURNED.value, memo_by_id=viewer.user_id)
    states = sorted(state.value for state in WAITS_FOR_SIGNER)
    return returned | Q(memo_state__in=states) if viewer.role in OFFICERS else returned


def _to_decide(viewer: Officer) -> QuerySet[Report]:
    """Return what waits for a viewer's word: an admin never decides about the own request."""
    if viewer.role not in ADMINS:
        return reports.owned(viewer=viewer).filter(deciders__gt="", deciders__contains=Decider.UNIT.value)
    whose = Q(owner_agency_id=viewer.agency_id, deciders__contains=Decider.ADMIN.value)
    if Decider.NATIONAL in decides_as(viewer):
        whose |= Q(deciders__contains=Decider.NATIONAL.value)
    return Report.objects.filter(whose, deciders__gt="").exclude(decision_asked_by_id=viewer.user_id)


def _supported(viewer: Officer) -> QuerySet[Report]:
    """Return what an office itself was asked to support; what units below it support is theirs."""
    unit_id = unit_of(viewer)
    if unit_id is None:
        helped = Report.objects.filter(supporting_agency_ids__contains=[viewer.agency_id])
        return helped.exclude(supporting_agency_ids=[])
    helped = Report.objects.filter(supporting_unit_ids__contains=[unit_id], owner_agency_id=viewer.agency_id)
    return helped.exclude(supporting_unit_ids=[])
