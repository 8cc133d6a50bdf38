"""What somebody types into a search box, as words to look for."""

import re
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 200
_MOST: Final = 8
_WORD: Final = re.compile(r"\w+")
# PostgreSQL has stems for Indonesian, but no list of the words that stand in every text.
# fmt: off
_STOP_WORDS: Final = frozenset(
    {
        "ada", "adalah", "agar", "akan", "atau", "bagi", "bahwa", "dalam", "dan", "dari", "dengan", "di", "ini",
        "itu", "jadi", "juga", "karena", "ke", "kepada", "lagi", "maka", "namun", "oleh", "para", "pada", "saat",
        "saja", "sangat", "saya", "sebagai", "sejak", "sudah", "supaya", "telah", "tersebut", "tetapi", "untuk",
        "yaitu", "yang",
    }
)
# fmt: on


def words_of(query: str) -> str:
    """Return the words to search for: signs mean nothing, so no search can be made expensive."""
    words = [word for word in _WORD.findall(query[:_LONGEST].lower()) if word not in _STOP_WORDS]
    return " ".join(words[:_MOST])


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for in a public report: words in any form, and words as they are, as a query."""

    stems: str = ""
    exact: str = ""
    quoted: tuple[str, ...] = ()  # the words of what stands in quotes

    def __bool__(self) -> bool:
        return bool(self.stems or self.exact)


_QUOTED: Final = re.compile(r'["“”]([^"“”]*)["“”]')
# The index holds each text twice: by its stems, and, with this weight, as it was written.
_AS_WRITTEN: Final = "C"


def asked(query: str) -> Asked:
    """Return the words to search for; what stands in quotes must be there in these very words, in this order."""
    query = query[:_LONGEST]
    phrases, room = [], _MOST
    quoted_words: list[str] = []
    for quoted in _QUOTED.findall(query):
        # Letters, digits and underscores alone: nothing of them is a sign of the language of queries.
        words = _WORD.findall(quoted.lower())[:room]
        room -= len(words)
        quoted_words += words
        if words:
            phrases.append(" <-> ".join(f"{word}:{_AS_WRITTEN}" for word in words))
    stems = words_of(_QUOTED.sub(" ", query)).split()[:room]
    return Asked(" ".join(stems), " & ".join(f"({phrase})" for phrase in phrases), tuple(quoted_words))
