"""Forms that came when the session was over: sealed, for the account that had them open (ADR 0054)."""

from django.db import models


class UnsentForm(models.Model):
    """What an officer typed in one form, for a quarter of an hour; the words stand in it under a key of their own."""

    user = models.ForeignKey("tanggap.User", on_delete=models.CASCADE, related_name="+")
    form_key = models.TextField()  # the random key by which a form is taken once
    key_version = models.IntegerField()
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form_key"], name="unsent_form_once")]
        indexes = [
            models.Index(fields=["kept_at"], name="unsent_form_kept"),
            models.Index(fields=["key_version"], name="unsent_form_key_version"),
        ]

    def __str__(self) -> str:
        return f"unsent form of {self.user_id}"
