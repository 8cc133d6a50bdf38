"""Accounts of citizens: sealed whole, found by a keyed hash; no row of them points at a report (ADR 0035)."""

import uuid

from django.db import models


class Citizen(models.Model):
    """One account. Its key is random and it has no date: neither order nor time says when it was made or changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address_hash = models.BinaryField(max_length=32, unique=True)  # of another kind than those of reporters' contacts
    key_version = models.IntegerField()
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["key_version"], name="citizen_key_version")]

    def __str__(self) -> str:
        return "account of a citizen"


class Support(models.Model):
    """That somebody lives with what a public report tells: who, nobody can say without the account (ADR 0068)."""

    mark = models.BinaryField(max_length=32, unique=True)  # a keyed hash of both, so that one counts once
    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"somebody supports {self.report_id}"


class Follow(models.Model):
    """That somebody follows a public report: who, is sealed."""

    mark = models.BinaryField(max_length=32, unique=True)  # a keyed hash of both, so that one follows once
    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="+")
    key_version = models.IntegerField()
    wrapped_key = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["key_version"], name="follow_key_version")]

    def __str__(self) -> str:
        return f"somebody follows {self.report_id}"
