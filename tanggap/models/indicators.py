"""What the indicators are read from: the facts of each report, sums of them by place and month, and frozen periods.

All of it follows from the events (ADR 0057). Pages read `IndicatorCell` and what is frozen, and never a report; what
secret reports add stands apart (`SecretCell`), and leaves only in counts that are large enough (`SecretCount`).
"""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class IndicatorFact(models.Model):
    """The facts of one report as they were read last (`domain.case_facts`), and when they change by themselves."""

    report = models.OneToOneField(
        "tanggap.Report", primary_key=True, on_delete=models.PROTECT, related_name="indicator_fact"
    )
    event_count = models.IntegerField()
    version = models.SmallIntegerField()  # of the way in which facts are read
    received_on = models.DateField()
    is_secret = models.BooleanField()
    facts = models.JSONField()
    changes_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_on", "report"], name="indicator_fact_day"),
            models.Index(fields=["changes_at"], name="indicator_fact_due", condition=Q(changes_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} at {self.event_count}"


class IndicatorDue(models.Model):
    """A report of which something was written down since its facts were read; by a trigger on the event."""

    report_id = models.BigIntegerField()
    from_at = models.DateTimeField(null=True)  # it came today and is not public: it is counted when the day is over

    def __str__(self) -> str:
        return str(self.report_id)


class _Cell(models.Model):
    """Sums of what reports add (`domain.rollups`): of a place, in a month or on a day of receipt."""

    kind = models.TextField()
    place = models.TextField(blank=True, default="")
    period = models.CharField(max_length=10)
    tally = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.place} {self.period}"


class IndicatorCell(_Cell):
    """What is published: secret reports are not in it."""

    class Meta:
        constraints = [UniqueConstraint(fields=["kind", "place", "period"], name="indicator_cell_once")]
        indexes = [models.Index(fields=["kind", "period"], name="indicator_cell_period")]


class SecretCell(_Cell):
    """The same of secret reports alone, by office and month: for those who see the exact count, and nobody else."""

    class Meta:
        constraints = [UniqueConstraint(fields=["kind", "place", "period"], name="secret_cell_once")]
        indexes = [models.Index(fields=["kind", "period"], name="secret_cell_period")]


class SecretCount(models.Model):
    """How many secret reports of a month ended how, as it is published: in no count below five (`small_counts`)."""

    kind = models.TextField()
    place = models.TextField(blank=True, default="")
    period = models.CharField(max_length=7)
    family = models.TextField()
    n = models.IntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["kind", "place", "period", "family"], name="secret_count_once"),
            CheckConstraint(name="secret_count_is_large_enough", condition=Q(n__gte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place} {self.period} {self.family}: {self.n}"


class IndicatorState(models.Model):
    """The one row that says by which formulas the cells were counted, and until when."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    formulas = models.TextField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [CheckConstraint(name="indicator_state_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.computed_at.isoformat()


class FrozenPeriod(models.Model):
    """The figures of a month or year as they were published when it was closed; a correction is the next version."""

    period = models.CharField(max_length=7)
    version = models.SmallIntegerField()
    closed_at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")
    formulas = models.TextField()
    checksum = models.CharField(max_length=64)

    class Meta:
        constraints = [UniqueConstraint(fields=["period", "version"], name="frozen_period_once")]

    def __str__(self) -> str:
        return f"{self.period} v{self.version}"


class FrozenFigures(models.Model):
    """The figures of one place in a frozen period, as they were printed."""

    frozen = models.ForeignKey(FrozenPeriod, on_delete=models.PROTECT, related_name="figures")
    kind = models.TextField()
    place = models.TextField(blank=True, default="")
    figures = models.JSONField()

    class Meta:
        constraints = [UniqueConstraint(fields=["frozen", "kind", "place"], name="frozen_figures_once")]

    def __str__(self) -> str:
        return f"{self.frozen_id}: {self.kind} {self.place}"


class PeriodDue(models.Model):
    """A closed period of which a report was corrected: the next closing looks at it again."""

    period = models.CharField(max_length=7, unique=True)
    reason = models.TextField()

    def __str__(self) -> str:
        return self.period
