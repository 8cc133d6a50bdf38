"""Read the dictionary of the open data: every table with its columns and their meanings. Everyone may know it."""

from collections.abc import Mapping
from functools import lru_cache

from tanggap import data
from tanggap.domain import open_data
from tanggap.domain.open_data import Resource


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Resource]:
    """Return every table by its name, in the order in which they go out."""
    return open_data.read(data.text(open_data.FILE))
