"""What moderation left no other trace of: counts of a month that is over."""

from django.db import models


class ModerationMonth(models.Model):
    """How many reports of each agency were hidden in a month; who may see which of them: `domain.moderation`."""

    month = models.DateField(primary_key=True)  # its first day, at home
    counts = models.JSONField(default=dict)  # by agency, then by kind

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
