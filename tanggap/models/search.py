"""By which words a report is found on the desk: those that its unit may read, and never kept as a text."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class DeskSearch(models.Model):
    """The words of one report. Without `words` it is not found: something changed, and a job reads it anew.

    Rows are made, and emptied, by triggers (migration `desk_search`): whatever writes an event cannot forget it.
    """

    report = models.OneToOneField(
        "tanggap.Report", on_delete=models.PROTECT, primary_key=True, related_name="desk_search"
    )
    words = SearchVectorField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="desk_search_words"),
            models.Index(fields=["report"], name="desk_search_stale", condition=Q(words__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.report_id)
