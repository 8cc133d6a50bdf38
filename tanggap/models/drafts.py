"""What officers have typed and not yet done."""

from django.db import models


class Draft(models.Model):
    """The draft of one officer for one deed on one report: no part of the record, read by nobody else."""

    user = models.ForeignKey("tanggap.User", on_delete=models.CASCADE, related_name="drafts")
    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="drafts")
    place = models.TextField()  # which form: `domain.drafts.place_of`
    values = models.JSONField()  # field -> what was sent for it, a list of texts
    seen = models.IntegerField()  # the count of events of the page on which it was typed
    page = models.TextField(blank=True, default="")  # which opened page wrote it last
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "report", "place"], name="draft_one_each")]
        indexes = [models.Index(fields=["user", "-saved_at", "-id"], name="draft_own_newest")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.place}"
