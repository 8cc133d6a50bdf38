"""What the map shows: sums of published reports by place, made anew every few minutes."""

from django.db import models


class MapCount(models.Model):
    """How many published reports a place has, and of those open how many are late; `code` is that of an area."""

    code = models.TextField(primary_key=True)
    level = models.TextField()  # district or village
    published = models.IntegerField()
    open = models.IntegerField()
    late = models.IntegerField()
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
