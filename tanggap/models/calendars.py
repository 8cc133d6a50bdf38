"""The calendar of days that are not worked, as numbered versions that never change (DOMAIN 3.10)."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint


class CalendarVersion(models.Model):
    """A state of the whole calendar; the id is the number that deadlines name."""

    made_at = models.DateTimeField()
    source = models.TextField()
    reason = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"calendar {self.pk}"


class CalendarDay(models.Model):
    """A day that differs from its weekday, from one version of the calendar until another."""

    agency = models.ForeignKey("tanggap.Agency", null=True, blank=True, on_delete=models.PROTECT)
    day = models.DateField()
    name = models.TextField()
    kind = models.TextField()
    source = models.TextField()
    since_version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="begins")
    until_version = models.ForeignKey(
        CalendarVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="ends"
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                name="calendar_day_once",
                fields=["agency", "day"],
                condition=Q(until_version__isnull=True),
                nulls_distinct=False,
            ),
            CheckConstraint(
                name="calendar_day_ends_after_it_begins",
                condition=Q(until_version__isnull=True) | Q(until_version__gt=F("since_version")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "day"], name="calendar_day_lookup")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
