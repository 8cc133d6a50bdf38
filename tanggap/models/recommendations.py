"""What an evaluator recommends to an agency, every act on it, and the files that the agency gives as evidence."""

from django.db import models
from django.db.models import CheckConstraint, Q

from tanggap.domain.recommendations import ENDED, Act, State
from tanggap.models.codes import one_of


class Recommendation(models.Model):
    """A recommendation of the assessment of an agency; state and due date are a projection of its acts."""

    assessment = models.ForeignKey("tanggap.Assessment", on_delete=models.PROTECT, related_name="recommendations")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    criterion = models.CharField(max_length=40, blank=True, default="")
    formula = models.CharField(max_length=60, blank=True, default="")  # code@version
    state = models.CharField(max_length=12, default=State.OPEN.value)
    due_on = models.DateField()
    given_at = models.DateTimeField()
    act_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            one_of("state", State, name="recommendation_state_known"),
            CheckConstraint(name="recommendation_says_something", condition=Q(text__gt="")),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="recommendation_due",
                condition=~Q(state__in=sorted(state.value for state in ENDED)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.pk} {self.state}"


class RecommendationAct(models.Model):
    """One act on a recommendation; never changed and never removed (by trigger)."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    office = models.ForeignKey("tanggap.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    due_on = models.DateField(null=True)  # the date that this act set

    class Meta:
        constraints = [
            one_of("kind", Act, name="recommendation_act_known"),
            models.UniqueConstraint(name="recommendation_act_in_order", fields=["recommendation", "seq"]),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.seq} {self.kind}"


class RecommendationFile(models.Model):
    """A file that an agency gives with one of its acts; never changed and never removed (by trigger)."""

    act = models.ForeignKey(RecommendationAct, on_delete=models.PROTECT, related_name="files")
    key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=50)
    size = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name
