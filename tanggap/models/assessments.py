"""Rounds of self-assessment: a form of each agency, every act on it, every score that it ever had, its files."""

from django.db import models
from django.db.models import CheckConstraint, F, Q

from tanggap.domain.assessments import Act, Side, State
from tanggap.models.codes import one_of


class AssessmentRound(models.Model):
    """A round that a body opened for some agencies, with the version of the form that it goes by."""

    form_code = models.CharField(max_length=40)
    form_version = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    body = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="rounds")
    opened_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(name="round_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))),
            models.UniqueConstraint(name="round_once_a_year", fields=["body", "form_code", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.form_code} {self.year}"


class Assessment(models.Model):
    """The assessment of one agency in one round; state and result are a projection of its acts."""

    round = models.ForeignKey(AssessmentRound, on_delete=models.PROTECT, related_name="assessments")
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=12, default=State.DRAFT.value)
    act_count = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # the first time
    total = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # as told
    grade = models.CharField(max_length=12, blank=True, default="")
    aspects = models.JSONField(default=dict)

    class Meta:
        constraints = [
            one_of("state", State, name="assessment_state_known"),
            models.UniqueConstraint(name="assessment_once_a_round", fields=["round", "agency"]),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="assessment_agency")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.agency_id}"


class AssessmentAct(models.Model):
    """One act on an assessment; never changed and never removed (by trigger)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    office = models.ForeignKey("tanggap.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True, default="")
    data = models.JSONField(default=dict)  # evidence as it stood, or the result that was told

    class Meta:
        constraints = [
            one_of("kind", Act, name="assessment_act_known"),
            models.UniqueConstraint(name="assessment_act_in_order", fields=["assessment", "seq"]),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.seq} {self.kind}"


class AssessmentPoint(models.Model):
    """A score of one criterion with its remark, as one side gave it in one act; the newest of a side counts."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="points")
    act = models.ForeignKey(AssessmentAct, on_delete=models.PROTECT, related_name="points")
    side = models.CharField(max_length=12)
    criterion = models.CharField(max_length=40)
    points = models.PositiveSmallIntegerField(null=True)
    remark = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            one_of("side", Side, name="assessment_side_known"),
            models.UniqueConstraint(name="assessment_point_once_an_act", fields=["act", "criterion"]),
        ]
        indexes = [models.Index(fields=["assessment", "side", "criterion", "-id"], name="assessment_point_newest")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.criterion} {self.points}"


class AssessmentFile(models.Model):
    """A file that an agency gives as evidence of one criterion; taken out, it stays and says when."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="files")
    act = models.ForeignKey(AssessmentAct, on_delete=models.PROTECT, related_name="files")
    criterion = models.CharField(max_length=40)
    key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=50)
    size = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["assessment", "criterion"], name="assessment_file")]

    def __str__(self) -> str:
        return self.name
