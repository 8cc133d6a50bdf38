"""What somebody types into a search box, as words to look for."""

import re
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
