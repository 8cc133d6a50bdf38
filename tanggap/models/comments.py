"""What readers say under published reports; which agencies let them; every decision on it (ADR 0070)."""

from django.db import models
from django.db.models import CheckConstraint, Q

from tanggap.domain.comments import Act, Ground, State
from tanggap.models.codes import one_of


class CommentRule(models.Model):
    """Whether an agency takes comments, from a moment on: the newest row counts, and none is changed (by trigger)."""

    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField()
    ground = models.TextField()
    decided_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [CheckConstraint(name="comment_rule_says_why", condition=Q(ground__gt=""))]
        indexes = [models.Index(fields=["agency", "-id"], name="comment_rule_newest")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {'on' if self.is_on else 'off'}"


class Comment(models.Model):
    """What somebody said of a report. No column says who: only the sealed account of the writer knows its comments."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="comments")
    name = models.TextField(blank=True, default="")  # as the writer chose to be called
    body = models.TextField(blank=True, default="")  # as it was written, for who decides on it
    shown = models.TextField(blank=True, default="")  # as the public reads it
    written_on = models.DateField()  # no time of day: a moment could be found again in the log of a server
    state = models.TextField(default=State.WAITING.value)
    ground = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("state", State, name="comment_state_known"),
            CheckConstraint(
                name="comment_public_text_only_while_shown",
                condition=(Q(state=State.SHOWN.value) & ~Q(shown="")) | (~Q(state=State.SHOWN.value) & Q(shown="")),
            ),
            CheckConstraint(
                name="comment_removed_is_empty",
                condition=(Q(state=State.REMOVED.value) & Q(body="", name=""))
                | (~Q(state=State.REMOVED.value) & ~Q(body="")),
            ),
        ]
        indexes = [
            models.Index(fields=["report", "id"], name="comment_shown", condition=Q(state=State.SHOWN.value)),
            models.Index(fields=["id"], name="comment_waiting", condition=Q(state=State.WAITING.value)),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.state}"


class CommentAct(models.Model):
    """One act on a comment that was written; never changed and never removed (by trigger). It holds no word of it."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="acts")
    kind = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.TextField()
    ground = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            one_of("kind", Act, name="comment_act_known"),
            CheckConstraint(
                name="comment_act_says_why",
                condition=Q(ground="") | Q(ground__in=[ground.value for ground in Ground]),
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="comment_hidden", condition=Q(kind=Act.HIDE.value))]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.kind}"
