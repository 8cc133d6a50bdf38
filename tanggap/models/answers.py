"""By what an answer is known again: a keyed print of its words, so that copies are counted and never searched for."""

from django.db import models


class AnswerPrint(models.Model):
    """The print of one answer of an agency, whether it went out or was held. Without the key it says nothing."""

    report = models.ForeignKey("tanggap.Report", on_delete=models.PROTECT, related_name="answer_prints")
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    print = models.BinaryField(max_length=32)
    answered_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "print", "answered_at"], include=["report"], name="answer_print_same")
        ]

    def __str__(self) -> str:
        return f"answer of {self.report_id}"
