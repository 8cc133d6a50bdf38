"""Policies and their time limits: every number of the law is a row with its article (DOMAIN 3.9)."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint


class Policy(models.Model):
    """A set of time limits for a period and a scope. Immutable: what changes becomes the next version."""

    code = models.TextField()
    version = models.IntegerField()
    basis = models.TextField()
    agency = models.ForeignKey("tanggap.Agency", null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    inherits = models.TextField(blank=True, default="")

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            UniqueConstraint(name="policy_version_once", fields=["code", "version"]),
            CheckConstraint(name="policy_version_counts_from_one", condition=Q(version__gte=1)),
            CheckConstraint(
                name="policy_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}@{self.version}"


class ExtensionRule(models.Model):
    """Whether an agency may give itself more time, from a moment on: the newest row counts, and none is changed."""

    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField()
    ground = models.TextField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [CheckConstraint(name="extension_rule_says_why", condition=Q(ground__gt=""))]
        indexes = [models.Index(fields=["agency", "-id"], name="extension_rule_newest")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {'on' if self.is_on else 'off'}"


class TimeLimit(models.Model):
    """How long a clock may run for a kind of report, and which article says so."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="limits")
    clock = models.TextField()
    classification = models.TextField(blank=True, default="")
    supervisory = models.BooleanField(null=True, blank=True)
    count = models.IntegerField()
    unit = models.TextField()
    article = models.TextField()
    basis = models.TextField()
    since = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(
                name="time_limit_once",
                fields=["policy", "clock", "classification", "supervisory"],
                nulls_distinct=False,
            ),
            CheckConstraint(name="time_limit_counts", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.clock}: {self.count} {self.unit}"
