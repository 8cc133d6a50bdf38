"""Which reports have gone out as open data: to say how many of them do so no more."""

from django.db import models


class GoneOut(models.Model):
    """A report that was in a package, and since when it is seen that it may be in none: packages of before go."""

    report = models.OneToOneField("tanggap.Report", primary_key=True, on_delete=models.PROTECT, related_name="+")
    missed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["missed_at"], name="gone_out_missed", condition=models.Q(missed_at__isnull=False))
        ]

    def __str__(self) -> str:
        return str(self.report_id)
