"""How long an officer counts as being before a report after the page was last heard of."""

from datetime import timedelta
from typing import Final

LASTS: Final = timedelta(minutes=1)
