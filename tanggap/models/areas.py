"""Areas of the administrative code book: provinces down to villages."""

from django.db import models
from django.db.models import CheckConstraint, F, Q


class Area(models.Model):
    """One area under the code of a Kemendagri code book. A retired code stays, for the reports that name it."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    level = models.TextField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    code_book = models.TextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    population = models.IntegerField(null=True, blank=True)
    area_km2 = models.FloatField(null=True, blank=True)
    postal_code = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            CheckConstraint(
                name="area_has_a_parent_unless_province",
                condition=Q(level="province", parent__isnull=True) | (~Q(level="province") & Q(parent__isnull=False)),
            ),
            CheckConstraint(
                name="area_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["level", "name"], name="area_level_name")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
