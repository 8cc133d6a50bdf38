"""The vault: who the reporter is, apart from what was reported, encrypted with a key per report (ADR 0009)."""

from django.db import models
from django.db.models import CheckConstraint, Q


class Identity(models.Model):
    """The sealed identity of one report's reporter. Without `wrapped_key` nobody can read it any more.

    A backup that was made before still holds the key, until it is thrown away itself.
    """

    report = models.OneToOneField("tanggap.Report", on_delete=models.PROTECT, related_name="identity")
    key_version = models.IntegerField(null=True)
    wrapped_key = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    has_email = models.BooleanField(default=False)
    has_phone = models.BooleanField(default=False)
    email_confirmed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="identity_whole_or_erased",
                condition=Q(wrapped_key__isnull=False, sealed__isnull=False, erased_at__isnull=True)
                | Q(wrapped_key__isnull=True, sealed__isnull=True, erased_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["key_version"], name="identity_key_version")]

    def __str__(self) -> str:
        return f"identity of {self.report_id}"


class ContactHash(models.Model):
    """A keyed hash of a telephone, e-mail address or NIK: the same reporter is found without being known."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="contact_hashes")
    kind = models.TextField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["hash"], name="contact_hash_lookup")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.report_id}"
