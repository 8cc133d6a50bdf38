"""Work on many reports at once, with its progress; and the log of looks at personal data beyond one report."""

from django.db import models
from django.db.models import CheckConstraint, Q

from tanggap.domain.imports import State
from tanggap.models.codes import one_of


class BulkJob(models.Model):
    """What takes longer than a page may: asked for by one officer, done by the worker, seen by nobody else."""

    key = models.CharField(max_length=32, unique=True)  # in the address of its page
    kind = models.TextField()
    user = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="+")
    role = models.TextField()
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    asked = models.JSONField(default=dict)  # what is to be done, as its kind understands it
    state = models.TextField(default="queued")
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="bulk_job_state_known", condition=Q(state__in=["queued", "running", "done", "failed"])
            ),
            CheckConstraint(
                name="bulk_job_over_has_an_end",
                condition=Q(state__in=["queued", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="bulk_job_of_user")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class BulkLine(models.Model):
    """What became of one report in a job: kept, so that 19 of 20 that failed are read as that."""

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="lines")
    position = models.IntegerField()
    number = models.CharField(max_length=9)
    state = models.TextField(default="waiting")
    reason = models.TextField(blank=True, default="")  # a code, for what was refused or could not be undone

    class Meta:
        constraints = [
            CheckConstraint(
                name="bulk_line_state_known", condition=Q(state__in=["waiting", "done", "refused", "undone", "kept"])
            ),
            models.UniqueConstraint(fields=["job", "position"], name="bulk_line_position_once"),
            models.UniqueConstraint(fields=["job", "number"], name="bulk_line_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.position} {self.number}"


class ReportTag(models.Model):
    """A word that an office hangs on its reports to find them again: read by it alone, no part of the record."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="tags")
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=40)
    user = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "agency", "word"], name="report_tag_once")]
        indexes = [models.Index(fields=["agency", "word", "report"], name="report_tag_word")]

    def __str__(self) -> str:
        return f"{self.report_id} #{self.word}"


class ImportLine(models.Model):
    """How one row of a sheet stands: no word of it is kept here, only where it lies and what is wrong with it."""

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="rows")
    position = models.IntegerField()  # its number in the sheet
    place = models.BigIntegerField()  # where it lies in the rows that were read
    state = models.TextField()
    number = models.CharField(max_length=9, blank=True, default="")  # of the report that it became
    faults = models.JSONField(default=list)  # pairs of column and code

    class Meta:
        constraints = [
            one_of("state", State, name="import_line_state_known"),
            models.UniqueConstraint(fields=["job", "position"], name="import_line_once"),
        ]
        indexes = [models.Index(fields=["job", "state", "position"], name="import_line_state")]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.position} {self.state}"


class AccessLog(models.Model):
    """Who looked at what points at people beyond one report, when and why; never changed nor removed (UU 27/2022)."""

    at = models.DateTimeField()
    kind = models.TextField()
    user = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="+")
    role = models.TextField()
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["agency", "-at", "-id"], name="access_log_agency")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.user_id}"
