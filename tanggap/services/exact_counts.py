"""Write down who looks at exact counts of secret reports: below five they point at people."""

from datetime import datetime
from typing import Final

from tanggap.domain.actors import Evaluator
from tanggap.domain.periods import Period
from tanggap.services import bulk

KIND: Final = "exact_counts"


def log(*, actor: Evaluator, period: Period, agency: str, now: datetime) -> None:
    """Write down a look before it is answered: of which months, and of which agency (a slug; '' for all)."""
    bulk.log(actor=actor, kind=KIND, reason="", detail={"period": period.of_months, "agency": agency}, now=now)
