"""Notes of officers about a report, and who is mentioned in one. Triggers keep them as they were written."""

from django.db import models

from tanggap.domain.notes import Audience
from tanggap.models.codes import one_of


class Note(models.Model):
    """What one officer wrote to others; no event, so it is never part of the public chain."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="notes")
    user = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.TextField()
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("audience", Audience, name="note_audience_known")]
        indexes = [models.Index(fields=["report", "-id"], name="note_of_report")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.user_id}"


class Mention(models.Model):
    """An officer who is mentioned in a note, until that officer has opened the report."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="mentions")
    user = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="mention_of_user"),
            models.Index(fields=["user"], name="mention_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.note_id}: {self.user_id}"
