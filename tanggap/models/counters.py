"""How many reports stand where, without counting: a trigger adds a delta, a job folds the deltas (ADR 0012)."""

from django.db import models


class DeskCount(models.Model):
    """How many reports an agency or unit has in a capacity and a status, late or not, taken by whom or by nobody."""

    capacity = models.TextField(default="owner")
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    status = models.TextField()
    is_overdue = models.BooleanField()
    came_back = models.BooleanField(default=False)
    n = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "capacity", "unit", "assignee", "status", "is_overdue", "came_back"],
                name="desk_count_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.unit_id} {self.status}: {self.n}"


class DeskDelta(models.Model):
    """A change of a count that was not folded yet; written by a trigger on the report, never by hand."""

    capacity = models.TextField(default="owner")
    agency_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    assignee_id = models.BigIntegerField(null=True)
    status = models.TextField()
    is_overdue = models.BooleanField()
    came_back = models.BooleanField(default=False)
    n = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["agency_id"], name="desk_delta_agency")]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.unit_id} {self.status}: {self.n:+d}"
