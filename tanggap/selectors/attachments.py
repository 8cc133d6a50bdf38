"""Which files have a row: what the sweep of staged files must leave alone."""

from collections.abc import Collection

from tanggap.models import AssessmentFile, Attachment, Decree, RecommendationFile


def known_keys(keys: Collection[str]) -> set[str]:
    """Return those of the keys that belong to a report, a decree, an assessment or a recommendation.

    Keys are all it tells, so there is no viewer.
    """
    found = set(Attachment.objects.filter(key__in=keys).values_list("key", flat=True))
    found |= set(AssessmentFile.objects.filter(key__in=keys).values_list("key", flat=True))
    found |= set(RecommendationFile.objects.filter(key__in=keys).values_list("key", flat=True))
    return found | set(Decree.objects.filter(file_key__in=keys).values_list("file_key", flat=True))
