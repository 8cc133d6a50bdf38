"""Canned texts of agencies and units."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from tanggap.domain.templates import Kind
from tanggap.models.codes import one_of


class Template(models.Model):
    """A text to begin with, of an agency or of one of its units; it ends, and is never deleted."""

    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="templates")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="templates")
    kind = models.TextField()
    name = models.TextField()
    text = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    changed_by = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("kind", Kind, name="template_kind_known"),
            CheckConstraint(
                name="template_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            UniqueConstraint(
                name="template_name_once", fields=["agency", "unit", "kind", "name"], nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["agency", "name", "id"], name="template_by_name")]

    def __str__(self) -> str:
        return self.name
