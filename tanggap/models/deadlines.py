"""The clocks of a report, as computed by `tanggap.domain.deadlines`, stored for querying."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from tanggap.domain.clocks import Clock
from tanggap.models.codes import one_of


class Deadline(models.Model):
    """One run of one clock; names the policy and the calendar version that it was computed with."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="deadlines")
    clock = models.TextField()
    run = models.SmallIntegerField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    count = models.IntegerField()
    unit = models.TextField()
    policy = models.TextField()
    calendar = models.IntegerField()
    agency = models.ForeignKey("tanggap.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    zone = models.TextField()
    anchor_at = models.DateTimeField()
    remaining = models.IntegerField()
    pauses = models.JSONField(default=list)
    is_paused = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.TextField(blank=True, default="")
    # State of the reminding job, no part of the record: how many were sent, and when the next one is due.
    reminders = models.SmallIntegerField(default=0)
    remind_at = models.DateTimeField(null=True)
    # State of the escalating job: the place in the ladder, and when it is looked at next.
    step = models.SmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["report", "clock", "run"], name="deadline_once"),
            one_of("clock", Clock, name="deadline_clock_known"),
        ]
        indexes = [
            models.Index(
                fields=["clock", "due_at"],
                name="deadline_running",
                condition=Q(stopped_at__isnull=True, is_paused=False),
            ),
            models.Index(
                fields=["remind_at"],
                name="deadline_to_remind",
                condition=Q(stopped_at__isnull=True, is_paused=False, remind_at__isnull=False),
            ),
            models.Index(
                fields=["next_step_at", "id"],
                name="deadline_to_escalate",
                condition=Q(stopped_at__isnull=True, is_paused=False, next_step_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.clock} {self.run}"
