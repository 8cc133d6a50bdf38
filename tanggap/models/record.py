"""The log over all chains of events, the tree over it, and what was signed of both (ADR 0060).

Append-only as the events are, by trigger and by grant. No row here says what a report is about.
"""

from django.db import models
from django.db.models import CheckConstraint, Q


class LogEntry(models.Model):
    """A leaf: an event in its place for ever, or a filler that stands for none and hides how many events came.

    Of the event the key alone, without a constraint: that would lock and rewrite each row of the events once.
    The audit compares both ways.
    """

    log_index = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(null=True, unique=True)
    nonce = models.BinaryField(max_length=16, null=True)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            CheckConstraint(
                name="log_entry_event_or_filler",
                condition=Q(event_id__isnull=False, nonce__isnull=True) | Q(event_id__isnull=True, nonce__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.log_index}"


class LogNode(models.Model):
    """A node of the tree at height 8, 16 ...: the root over 256 of the height below."""

    height = models.SmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["height", "place"], name="log_node_once")]

    def __str__(self) -> str:
        return f"{self.height}/{self.place}"


class RecordKey(models.Model):
    """A key that signs checkpoints and receipts: its public part, and the statement by which it began."""

    key = models.CharField(max_length=16, unique=True)
    public = models.BinaryField(max_length=32)
    origin = models.TextField()
    since = models.DateTimeField()
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    own_signature = models.BinaryField(max_length=64)
    # By the key before: null for the first one, and for one that began because the one before was lost.
    signature = models.BinaryField(max_length=64, null=True)

    def __str__(self) -> str:
        return self.key


class Checkpoint(models.Model):
    """Size and root of the log at a moment, signed, and published."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    origin = models.TextField()
    # The hash of the one before, of its signed bytes.
    previous_hash = models.BinaryField(max_length=32, null=True)
    key = models.ForeignKey(RecordKey, on_delete=models.PROTECT, related_name="+")
    signature = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return f"{self.size}"


class CheckpointStamp(models.Model):
    """The answer of an outside authority that a checkpoint was there at a time (RFC 3161), as it came."""

    checkpoint = models.OneToOneField(Checkpoint, primary_key=True, on_delete=models.PROTECT, related_name="stamp")
    stamped_at = models.DateTimeField()
    response = models.BinaryField(max_length=65536)

    def __str__(self) -> str:
        return f"{self.checkpoint_id}"
