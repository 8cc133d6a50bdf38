"""Which reports have gone out as open data: to say how many of them do so no more."""

from django.db import models


class GoneOut(models.Model):
    """A report that was in a package. The row says nothing else, and stays when the report is taken back."""

    report = models.OneToOneField("tanggap.Report", primary_key=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.report_id)
