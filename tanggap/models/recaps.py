"""Recaps (rekap) of agencies: what each says, kept as it was said, and the files that were made of it."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from tanggap.domain.recaps import State
from tanggap.models.codes import one_of

_UNDER_WAY = [State.QUEUED.value, State.RUNNING.value]


class Recap(models.Model):
    """One recap of an agency and a period. A later one of the same period stands beside it; none is changed."""

    key = models.CharField(max_length=32, unique=True)  # in the address of its page at the desk
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="recaps")
    period = models.CharField(max_length=8)  # 2026, 2026-10, 2026-W40
    asked_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    signed = models.JSONField(default=dict)  # who signs it, as it was typed: place, title, name
    state = models.CharField(max_length=10, default=State.QUEUED.value)
    reason = models.CharField(max_length=20, blank=True, default="")  # why it failed, as a code
    done = models.SmallIntegerField(default=0)
    total = models.SmallIntegerField(default=0)
    content = models.JSONField(null=True)  # what is kept (`tanggap.domain.recaps`)
    checksum = models.CharField(max_length=64, blank=True, default="")
    finished_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            one_of("state", State, name="recap_state_known"),
            # Whoever asks while one is under way gets that one.
            UniqueConstraint(
                fields=["agency", "period"], name="recap_one_under_way", condition=Q(state__in=_UNDER_WAY)
            ),
            CheckConstraint(
                name="recap_done_has_content",
                condition=~Q(state=State.DONE.value) | Q(content__isnull=False, finished_at__isnull=False),
            ),
            CheckConstraint(
                name="recap_published_is_done", condition=Q(published_at__isnull=True) | Q(state=State.DONE.value)
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-asked_at"], name="recap_agency"),
            models.Index(
                fields=["agency", "period", "-finished_at"],
                name="recap_published",
                condition=Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.period} {self.state}"


class RecapFile(models.Model):
    """A file of a recap, whole: it is stored together with the state that says it is there."""

    recap = models.ForeignKey(Recap, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4)
    content = models.BinaryField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["recap", "kind"], name="recap_file_once"),
            CheckConstraint(name="recap_file_kind_known", condition=Q(kind__in=["pdf", "xlsx"])),
        ]

    def __str__(self) -> str:
        return f"{self.recap_id}.{self.kind}"
