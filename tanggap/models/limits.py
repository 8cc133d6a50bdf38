"""Counters of use per bucket and keyed hash: no address and no name is ever stored in them."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class RateWindow(models.Model):
    """How often one key was seen in one bucket since its window began; shared by all workers."""

    bucket = models.CharField(max_length=40)
    key_hash = models.BinaryField(max_length=32)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField()
    blocked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["bucket", "key_hash"], name="rate_window_once"),
            CheckConstraint(name="rate_window_counts", condition=Q(count__gte=1)),
        ]
        indexes = [models.Index(fields=["window_start"], name="rate_window_age")]

    def __str__(self) -> str:
        return f"{self.bucket} {self.window_start:%Y-%m-%dT%H:%M:%S} {self.count}"
