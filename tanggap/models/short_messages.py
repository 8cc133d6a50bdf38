"""Short messages to telephones: one row each with its delivery state, and nothing of it once it is settled."""

from django.db import models
from django.db.models import Q


class ShortMessage(models.Model):
    """A code that is owed, sent or failed. What it says is sealed, and gone when nothing is owed any more."""

    letter = models.TextField(blank=True)  # of `citizen_codes`: number and random word, never the code
    state = models.TextField(default="queued")  # queued, sent, failed
    reason = models.TextField(blank=True, default="")  # why it failed, or the last try did, a code
    attempts = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shortmessage_settled_is_empty", condition=Q(state="queued") | (Q(letter="") & ~Q(settled_at=None))
            )
        ]
        # How many went out in a day, and what is old: in the order of time.
        indexes = [models.Index(fields=["created_at"], name="shortmessage_by_time")]

    def __str__(self) -> str:
        return f"short message {self.state}"
