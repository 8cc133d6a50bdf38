"""Problems that come again in one unit, category and district, every act on them, and by which rule they are found."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from tanggap.domain.problems import Act, State
from tanggap.models.codes import one_of


class Problem(models.Model):
    """A problem that comes again; what is counted is made anew by the job, from published reports alone."""

    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="problems")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="problems")
    category = models.ForeignKey("tanggap.Category", on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey("tanggap.Area", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=State.OPEN.value)
    least = models.PositiveSmallIntegerField()
    first_day = models.DateField()  # of the months in which so many came
    last_day = models.DateField()  # on which it was found
    count = models.PositiveIntegerField()  # of these months, as it is now
    found_at = models.DateTimeField()
    cause = models.TextField(blank=True, default="")
    plan = models.TextField(blank=True, default="")
    done_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)  # by month: of this problem, of all that the office got
    counted_at = models.DateTimeField()
    act_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            one_of("state", State, name="problem_state_known"),
            UniqueConstraint(
                fields=["agency", "unit", "category", "district"], name="problem_once", nulls_distinct=False
            ),
            CheckConstraint(name="problem_plan_has_a_day", condition=Q(done_on__isnull=False) | Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.unit_id} {self.category_id} {self.district_id} {self.state}"


class ProblemAct(models.Model):
    """One act on a problem; never changed and never removed (by trigger)."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    cause = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")  # the plan, or what is said at the closing
    done_on = models.DateField(null=True)
    data = models.JSONField(default=dict)  # the count and its rule when it was found; the measure when it was closed

    class Meta:
        constraints = [
            one_of("kind", Act, name="problem_act_known"),
            UniqueConstraint(name="problem_act_in_order", fields=["problem", "seq"]),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.seq} {self.kind}"


class ProblemRule(models.Model):
    """From how many reports in how many months on, of an agency or of all (null): the newest row counts."""

    agency = models.ForeignKey("tanggap.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    least = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()
    decided_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(name="problem_rule_is_not_too_small", condition=Q(least__gte=5, months__range=(1, 12)))
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="problem_rule_newest")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.least} in {self.months}"
