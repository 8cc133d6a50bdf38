"""Days on which an officer is away, who stands in, and who entered it."""

from django.db import models
from django.db.models import CheckConstraint, F, Q


class Absence(models.Model):
    """Leave of one person. A row is never removed: it ends (`ended_at`), and says who entered and who ended it."""

    user = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    entered_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(name="absence_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))),
            CheckConstraint(name="absence_deputy_is_another", condition=Q(deputy__isnull=True) | ~Q(deputy=F("user"))),
        ]
        indexes = [
            models.Index(fields=["last_day"], name="absence_in_force", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["user", "last_day"], name="absence_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.first_day} {self.last_day}"
