"""What the words of one notice are made of."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Words:
    """The subject and the paragraphs of a letter."""

    subject: Promise
    paragraphs: tuple[Promise | str, ...]
