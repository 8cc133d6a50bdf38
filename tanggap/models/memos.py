"""For which answers an agency wants a memo (nota dinas), and which numbers of memos are taken."""

from django.db import models
from django.db.models import Q

from tanggap.domain.memos import MemoMode
from tanggap.models.codes import one_of


class MemoRule(models.Model):
    """What an agency decided about memos, from a moment on: the newest row counts, and none is changed (by trigger)."""

    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    mode = models.TextField()
    decided_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("mode", MemoMode, name="memo_mode_known")]
        indexes = [models.Index(fields=["agency", "-id"], name="memo_rule_newest")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.mode}"


class MemoNumber(models.Model):
    """A number of a memo that was given out: to one report, never again to another (by trigger and constraint)."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="memo_numbers")
    unit = models.ForeignKey("tanggap.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    serial = models.IntegerField(null=True)  # none where the number was typed
    number = models.TextField()
    given_to = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="memo_number_once"),
            models.UniqueConstraint(
                fields=["unit", "year", "serial"], name="memo_serial_once", condition=Q(serial__isnull=False)
            ),
            models.CheckConstraint(name="memo_number_says_something", condition=Q(number__gt="")),
        ]

    def __str__(self) -> str:
        return self.number
