"""What the public may see of a report: one projection, and nothing else is read in public (ADR 0011)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import CheckConstraint, Q

# Indonesian stems find "perbaikan" for "diperbaiki"; the words as written find what stemming spoils.
_SEARCH = (
    SearchVector("title", weight="A", config="indonesian")
    + SearchVector("body", "answers", weight="B", config="indonesian")
    + SearchVector("title", "body", "answers", weight="C", config="simple")
)


class Publication(models.Model):
    """A published report, redacted. A stub (`is_stub`) says that there was one, and holds no text."""

    report = models.OneToOneField("tanggap.Report", on_delete=models.PROTECT, related_name="publication")
    number = models.CharField(max_length=9, unique=True)
    is_stub = models.BooleanField(default=False)
    title = models.TextField(blank=True, default="")
    body = models.TextField(blank=True, default="")
    answers = models.TextField(blank=True, default="")
    location = models.TextField(blank=True, default="")
    classification = models.TextField()
    category = models.ForeignKey("tanggap.Category", null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("tanggap.Area", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    status = models.TextField()
    is_open = models.BooleanField()
    is_returned = models.BooleanField(default=False)
    is_extended = models.BooleanField(default=False)
    outcome = models.TextField(blank=True, default="")
    outcome_on = models.DateField(null=True)
    archive_reason = models.TextField(blank=True, default="")
    event_date = models.DateField(null=True)
    received_at = models.DateTimeField()
    published_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_clock = models.TextField(blank=True, default="")
    answered_in_time = models.BooleanField(null=True)
    verified_in_time = models.BooleanField(null=True)
    rating = models.SmallIntegerField(null=True)
    solved = models.TextField(blank=True, default="")
    reopen_count = models.SmallIntegerField(default=0)
    # How many say that they live with it, too: counted from `Support`, and no event of the report.
    support_count = models.IntegerField(default=0, db_default=0)
    # The same for all that are handled together: the report that leads them.
    cluster = models.BigIntegerField(null=True)
    # The last act of moderation on it: when, what, and the class of its reason.
    moderated_at = models.DateTimeField(null=True)
    moderation = models.TextField(blank=True, default="")
    moderation_reason = models.TextField(blank=True, default="")
    timeline = models.JSONField(default=list)
    clocks = models.JSONField(default=list)
    files = models.JSONField(default=list)
    updated_at = models.DateTimeField()
    search = models.GeneratedField(expression=_SEARCH, output_field=SearchVectorField(), db_persist=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="publication_stub_is_empty",
                condition=Q(is_stub=False) | Q(title="", body="", answers="", location="", timeline=[], files=[]),
            )
        ]
        indexes = [
            GinIndex(fields=["search"], name="publication_search", fastupdate=False),
            models.Index(fields=["-published_at", "-id"], name="publication_newest", condition=Q(is_stub=False)),
            models.Index(
                fields=["agency", "-published_at", "-id"], name="publication_agency", condition=Q(is_stub=False)
            ),
            models.Index(
                fields=["category", "-published_at", "-id"], name="publication_category", condition=Q(is_stub=False)
            ),
            models.Index(
                fields=["area", "-published_at", "-id"],
                name="publication_area",
                condition=Q(is_stub=False),
                opclasses=["text_pattern_ops", "timestamptz_ops", "int8_ops"],
            ),
            # Figures go by the day of receipt, and so do the files of the reports behind them.
            models.Index(fields=["received_at", "id"], name="publication_received", condition=Q(is_stub=False)),
            models.Index(
                fields=["agency", "received_at", "id"], name="publication_received_by", condition=Q(is_stub=False)
            ),
            models.Index(
                fields=["agency", "due_at", "id"],
                name="publication_late",
                condition=Q(is_stub=False, is_open=True),
            ),
            models.Index(
                fields=["agency", "-answered_at", "-id"],
                name="publication_answered",
                condition=Q(is_stub=False, answered_at__isnull=False),
            ),
            models.Index(
                fields=["-support_count", "-id"],
                name="publication_supported",
                condition=Q(is_stub=False, support_count__gt=0),
            ),
            models.Index(fields=["cluster"], name="publication_cluster", condition=Q(cluster__isnull=False)),
            models.Index(fields=["unit", "-published_at", "-id"], name="publication_unit", condition=Q(is_stub=False)),
            models.Index(
                fields=["status", "-published_at", "-id"], name="publication_status", condition=Q(is_stub=False)
            ),
            models.Index(
                fields=["unit", "due_at", "id"],
                name="publication_late_unit",
                condition=Q(is_stub=False, is_open=True),
            ),
            models.Index(
                fields=["outcome", "-published_at", "-id"],
                name="publication_outcome",
                condition=Q(is_stub=False) & ~Q(outcome=""),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="publication_late_all",
                condition=Q(is_stub=False, is_open=True),
            ),
            models.Index(
                fields=["-moderated_at", "-id"],
                name="publication_moderated",
                condition=Q(moderated_at__isnull=False),
            ),
            models.Index(
                fields=["agency", "-moderated_at", "-id"],
                name="publication_moderated_by",
                condition=Q(moderated_at__isnull=False),
            ),
            # The figures of a page are read from these alone, without a visit to the rows.
            models.Index(
                fields=["answered_at", "answered_in_time"],
                name="publication_in_time",
                condition=Q(is_stub=False, answered_at__isnull=False),
            ),
            models.Index(
                fields=["agency", "answered_at"],
                include=["answered_in_time", "received_at"],
                name="publication_answer_spans",
                condition=Q(is_stub=False, answered_at__isnull=False),
            ),
            models.Index(
                fields=["unit", "-answered_at", "-id"],
                include=["answered_in_time", "received_at"],
                name="publication_answered_unit",
                condition=Q(is_stub=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number
