"""Agencies, the units inside them, and who oversees whom: two trees that are not one (DOMAIN 2.2)."""

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint


def _ends_after_it_begins(name: str) -> CheckConstraint:
    return CheckConstraint(name=name, condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")))


class Agency(models.Model):
    """A government, ministry or body that reports can be sent to."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.TextField()
    short_name = models.TextField(blank=True, default="")
    kind = models.TextField()
    area = models.ForeignKey("tanggap.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="agencies")
    timezone = models.TextField(default="Asia/Jakarta")
    address = models.TextField(blank=True, default="")
    responsible_office = models.TextField(blank=True, default="")
    website = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    is_synthetic = models.BooleanField(default=False)
    source = models.TextField(blank=True, default="")
    edited_at = models.DateTimeField(
        null=True, blank=True
    )  # changed here: the files are no longer its master (ADR 0030)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            _ends_after_it_begins("agency_ends_after_it_begins"),
            UniqueConstraint(
                name="agency_one_national_queue",
                fields=["kind"],
                condition=Q(kind="national", valid_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def is_active(self) -> bool:
        """True until the agency has been given an end date; the past keeps pointing at it after that."""
        return self.valid_to is None

    def was_active_on(self, day: date) -> bool:
        """True when the agency existed on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Unit(models.Model):
    """A node of the assignment tree inside one agency: OPD, subunit, technical unit or inspectorate."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="subunits")
    slug = models.SlugField(max_length=80)
    name = models.TextField()
    short_name = models.TextField(blank=True, default="")
    kind = models.TextField()
    website = models.TextField(blank=True, default="")
    is_synthetic = models.BooleanField(default=False)
    source = models.TextField(blank=True, default="")
    edited_at = models.DateTimeField(
        null=True, blank=True
    )  # changed here: the files are no longer its master (ADR 0030)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(name="unit_slug_once_in_an_agency", fields=["agency", "slug"]),
            CheckConstraint(name="unit_is_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("id"))),
            _ends_after_it_begins("unit_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def is_active(self) -> bool:
        """True until the unit has been given an end date."""
        return self.valid_to is None


class OversightEdge(models.Model):
    """Who watches whom, and by which rule. It is not the road on which reports are assigned."""

    overseer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="oversees")
    overseen = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="overseen_by")
    basis = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                name="oversight_once_at_a_time",
                fields=["overseer", "overseen"],
                condition=Q(valid_to__isnull=True),
            ),
            CheckConstraint(name="oversight_is_of_another", condition=~Q(overseer=F("overseen"))),
            _ends_after_it_begins("oversight_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.overseer_id} → {self.overseen_id}"
