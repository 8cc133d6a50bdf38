"""Who has a report open now."""

from django.db import models


class Presence(models.Model):
    """An officer before a report: since when, and when last heard of. It lapses by itself."""

    user = models.ForeignKey("tanggap.User", on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="presence_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.user_id}"
