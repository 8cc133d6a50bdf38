"""Who changed the organisation, what units were called before, and the decrees by which people are appointed."""

from django.db import models
from django.db.models import CheckConstraint, F, Q

from tanggap.domain.organisation import Change


class UnitName(models.Model):
    """A name that a unit had until a day (included): what was written then keeps it."""

    unit = models.ForeignKey("tanggap.Unit", on_delete=models.PROTECT, related_name="former_names")
    name = models.TextField()
    short_name = models.TextField(blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            CheckConstraint(name="unit_name_ends_after_it_begins", condition=Q(valid_to__gte=F("valid_from"))),
        ]
        indexes = [models.Index(fields=["unit", "valid_to"], name="unit_name_until")]

    def __str__(self) -> str:
        return self.short_name or self.name


class AdministrationEntry(models.Model):
    """One change of the organisation or of who serves in it; never changed and never removed (by trigger)."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="administered")
    role = models.CharField(max_length=30)
    agency = models.ForeignKey("tanggap.Agency", null=True, on_delete=models.PROTECT, related_name="administration")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="administration")
    subject = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="administration")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "administration entries"
        constraints = [
            CheckConstraint(
                name="administration_kind_known", condition=Q(kind__in=sorted(kind.value for kind in Change))
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="administration_agency")]

    def __str__(self) -> str:
        return f"{self.kind} {self.agency_id}"


class Decree(models.Model):
    """An appointment decree (SK): whom it covers is the agency, or the units and people of its covers."""

    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="decrees")
    number = models.CharField(max_length=120)
    signer = models.CharField(max_length=200)
    issued_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    covers_agency = models.BooleanField(default=False)
    file_key = models.CharField(max_length=64, blank=True, default="")
    file_name = models.CharField(max_length=255, blank=True, default="")
    file_type = models.CharField(max_length=50, blank=True, default="")
    entered_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="decree_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-valid_from"], name="decree_agency"),
            models.Index(fields=["file_key"], name="decree_file", condition=~Q(file_key="")),
        ]

    def __str__(self) -> str:
        return self.number


class DecreeCover(models.Model):
    """A unit or a person that a decree names."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="covers")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="decrees")
    user = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="decrees")

    class Meta:
        constraints = [
            CheckConstraint(
                name="decree_cover_of_one",
                condition=Q(unit__isnull=True, user__isnull=False) | Q(unit__isnull=False, user__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decree_id}: {self.unit_id or self.user_id}"
