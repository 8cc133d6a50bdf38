"""The chain of events of a report, the free texts that it commits to, and the files.

Events are for ever: a trigger refuses to change or remove one, for every role (ADR 0010). A text or file
can only be erased, together with its salt.
"""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action, Visibility
from tanggap.models.codes import one_of


class Event(models.Model):
    """One entry of a chain; `tanggap.domain.ledger` says what its hash covers."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="events")
    seq = models.IntegerField()
    kind = models.TextField()
    acted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    role = models.TextField()
    user = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("tanggap.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    from_status = models.TextField(blank=True, default="")
    to_status = models.TextField()
    visibility = models.TextField()
    data = models.JSONField()
    commitments = models.JSONField()
    nonce = models.BinaryField(max_length=16)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["report", "seq"], name="event_once"),
            one_of("kind", Action, name="event_kind_known"),
            one_of("visibility", Visibility, name="event_visibility_known"),
            CheckConstraint(name="event_seq_from_one", condition=Q(seq__gte=1)),
            CheckConstraint(
                name="event_reporter_is_a_role",
                condition=~Q(role="reporter") | Q(user__isnull=True, agency__isnull=True, unit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.seq} {self.kind}"

    def as_record(self) -> EventRecord:
        """Return the row as the plain value that the domain works on."""
        return EventRecord(
            seq=self.seq,
            kind=self.kind,
            acted_at=self.acted_at,
            recorded_at=self.recorded_at,
            role=self.role,
            user_id=self.user_id,
            agency_id=self.agency_id,
            unit_id=self.unit_id,
            from_status=self.from_status,
            to_status=self.to_status,
            visibility=self.visibility,
            data=self.data,
            commitments=self.commitments,
            nonce=bytes(self.nonce),
            previous_hash=bytes(self.previous_hash),
            hash=bytes(self.hash),
        )


class EventText(models.Model):
    """A free text of an event, with the salt of its commitment. Erasing empties both and leaves the row."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="texts")
    field = models.TextField()
    text = models.TextField(null=True)  # noqa: DJ001  # null is 'erased', empty would be a text
    salt = models.BinaryField(max_length=16, null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["event", "field"], name="event_text_once"),
            CheckConstraint(
                name="event_text_erased_whole",
                condition=Q(text__isnull=False, salt__isnull=False, erased_at__isnull=True)
                | Q(text__isnull=True, salt__isnull=True, erased_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.field}"


class Attachment(models.Model):
    """A file that came with an event. The bytes lie in the attachments folder under `key`."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="attachments")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="attachments")
    key = models.CharField(max_length=32)
    sha256 = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16)
    size = models.BigIntegerField()
    media_type = models.TextField()
    kind = models.TextField()
    name = models.TextField()
    is_reporters = models.BooleanField()
    is_publishable = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # What shows that a thing was done is evidence in every report of a cluster, and stored once.
            UniqueConstraint(fields=["key", "report"], name="attachment_once"),
            CheckConstraint(name="attachment_only_images_public", condition=Q(is_publishable=False) | Q(kind="image")),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.kind}"
