"""Lists that officers keep by name: what their address says, and nothing of what stands in them."""

from django.db import models


class SavedView(models.Model):
    """One kept list of an office; shared ones are seen by the whole office. It gives no right to any report."""

    key = models.CharField(max_length=16, unique=True)  # in addresses
    owner = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    said = models.JSONField()  # the parameters of the address
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "agency", "unit", "name"], name="saved_view_name_once", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["agency", "unit", "name"], name="saved_view_office")]

    def __str__(self) -> str:
        return self.name
