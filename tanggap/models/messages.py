"""What people are told: one row per message with its delivery state. No address and no text is kept."""

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One message that is owed, sent, skipped or failed.

    `user` is the officer it goes to; without one it goes to the reporter (`audience` = reporter) or is
    spread to the officers of the audience when it is delivered (`state` = spread).
    """

    report = models.ForeignKey("tanggap.Report", null=True, on_delete=models.PROTECT, related_name="messages")
    event = models.ForeignKey("tanggap.Event", null=True, on_delete=models.PROTECT, related_name="messages")
    notice = models.TextField()
    audience = models.TextField()
    channel = models.TextField()
    clock = models.TextField(blank=True, default="")
    user = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    origin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")
    state = models.TextField(default="queued")  # queued, spread, sent, skipped, failed
    reason = models.TextField(blank=True, default="")  # why it was skipped or failed, a code
    attempts = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "user", "channel"], name="message_one_copy_each", condition=Q(origin__isnull=False)
            )
        ]
        indexes = [
            models.Index(fields=["created_at"], name="message_queued", condition=Q(state="queued")),
            # What the digest of the day tells of; no mail of its own.
            models.Index(fields=["user", "created_at"], name="message_in_digest", condition=Q(reason="in_digest")),
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.state}"
