"""The register of appointment decrees (SK): they are entered and withdrawn, never changed and never removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tanggap.domain.actors import Actor, user_of
from tanggap.domain.appointments import may_edit
from tanggap.domain.intake import StagedFile
from tanggap.domain.organisation import Change, Fault
from tanggap.models import Appointment, Decree, DecreeCover, Unit
from tanggap.services import administration
from tanggap.services.organisation import OrganisationError


@dataclass(frozen=True, slots=True)
class NewDecree:
    """What a decree says."""

    number: str
    signer: str
    issued_on: date
    valid_from: date
    valid_to: date | None = None
    covers_agency: bool = False
    units: Sequence[int] = ()
    people: Sequence[int] = ()


@transaction.atomic
def enter(*, actor: Actor, agency_id: int, said: NewDecree, now: datetime, file: StagedFile | None = None) -> Decree:
    """Enter a decree of an agency, with its scan. Errors: OrganisationError."""
    if not may_edit(actor, agency_id=agency_id):
        raise OrganisationError(Fault.NOT_ALLOWED)
    if fault := _fault(agency_id, said):
        raise OrganisationError(fault)
    decree = Decree.objects.create(
        agency_id=agency_id,
        number=said.number,
        signer=said.signer,
        issued_on=said.issued_on,
        valid_from=said.valid_from,
        valid_to=said.valid_to,
        covers_agency=said.covers_agency,
        file_key=file.key if file else "",
        file_name=file.name if file else "",
        file_type=file.media_type if file else "",
        entered_by_id=user_of(actor),
        entered_at=now,
    )
    covers = [DecreeCover(decree=decree, unit_id=unit_id) for unit_id in sorted(set(said.units))]
    covers += [DecreeCover(decree=decree, user_id=user_id) for user_id in sorted(set(said.people))]
    DecreeCover.objects.bulk_create(covers)
    after = {"number": said.number, "signer": said.signer, "from": said.valid_from, "to": said.valid_to}
    administration.write(actor=actor, kind=Change.DECREE_ENTERED, now=now, agency_id=agency_id, after=after)
    return decree


@transaction.atomic
def withdraw(*, actor: Actor, decree_id: int, now: datetime) -> None:
    """Take a decree out of force from now on; the row stays. Twice changes nothing. Errors: OrganisationError."""
    decree = Decree.objects.select_for_update(no_key=True).filter(pk=decree_id).first()
    if decree is None or not may_edit(actor, agency_id=decree.agency_id):
        raise OrganisationError(Fault.NOT_ALLOWED)
    if decree.withdrawn_at is None:
        Decree.objects.filter(pk=decree.pk).update(withdrawn_at=now)
        before = {"number": decree.number}
        administration.write(
            actor=actor, kind=Change.DECREE_WITHDRAWN, now=now, agency_id=decree.agency_id, before=before
        )


def _fault(agency_id: int, said: NewDecree) -> Fault | None:
    units = Unit.objects.filter(agency_id=agency_id, pk__in=said.units)
    serving = Appointment.objects.filter(agency_id=agency_id, user_id__in=said.people).values("user_id").distinct()
    wrong = (
        (Fault.NUMBER_MISSING, not said.number),
        (Fault.SIGNER_MISSING, not said.signer),
        (Fault.ENDS_BEFORE_IT_BEGINS, said.valid_to is not None and said.valid_to < said.valid_from),
        (Fault.COVERS_NOTHING, not (said.covers_agency or said.units or said.people)),
        (Fault.NOT_ALLOWED, units.count() != len(set(said.units)) or serving.count() != len(set(said.people))),
    )
    return next((fault for fault, is_so in wrong if is_so), None)
