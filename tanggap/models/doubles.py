"""What an office has looked at side by side: a help to its officers, and no part of the record."""

from django.db import models
from django.db.models import CheckConstraint, F, Q


class ToldApart(models.Model):
    """Two reports that an agency found to be about two matters: its desk suggests neither beside the other."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="+")  # the older of the two
    other = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "other", "agency"], name="told_apart_once"),
            CheckConstraint(name="told_apart_in_order", condition=Q(report_id__lt=F("other_id"))),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} ≠ {self.other_id}"
