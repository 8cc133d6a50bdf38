"""Which state of the shipped reference data has been loaded, and what each load changed."""

from django.db import models


class ReferenceLoad(models.Model):
    """One load that changed something; the newest says what the database holds."""

    fingerprint = models.TextField()
    loaded_at = models.DateTimeField()
    changes = models.JSONField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.loaded_at:%Y-%m-%d} {self.fingerprint[:12]}"
