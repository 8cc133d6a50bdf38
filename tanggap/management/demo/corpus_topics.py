"""All topics of the demonstration."""

from typing import Final

from tanggap.management.demo import (
    corpus_environment,
    corpus_integrity,
    corpus_national,
    corpus_people,
    corpus_roads,
    corpus_school,
    corpus_town,
    corpus_wishes,
)
from tanggap.management.demo.corpus import Topic

TOPICS: Final[tuple[Topic, ...]] = (
    *corpus_roads.TOPICS,
    *corpus_environment.TOPICS,
    *corpus_school.TOPICS,
    *corpus_people.TOPICS,
    *corpus_town.TOPICS,
    *corpus_integrity.TOPICS,
    *corpus_national.TOPICS,
    *corpus_wishes.TOPICS,
)
