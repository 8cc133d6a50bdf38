"""Who reads what, as one table (DOMAIN 1.9): it is printed in docs/permissions.md, and a test holds the walls to it.

Acts have their own table, `domain.lifecycle`. What decides is the wall of the selectors and `domain.privacy`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tanggap.domain.actors import Role


class Subject(StrEnum):
    """Something that may be read."""

    REPORT = "a report that is not secret"
    SECRET = "a secret report"  # noqa: S105 - words, not a password
    IDENTITY = "who reported, not hidden"
    HIDDEN_IDENTITY = "who reported, anonymous or secret"


class Access(StrEnum):
    """How much of it somebody reads."""

    OWN = "the own one"
    ALL = "every one"
    SCOPE = "of the own office"
    SCOPE_AND_LATE = "of the own office; in a province, also what a regency or city has not verified in time"
    SUPERVISORY = "of the own unit, and supervisory ones of the agency"
    MASKED = "of the own office, without persons"
    PUBLISHED = "what is published"
    OVERSEEN = "where it stands, of agencies overseen; words once published"
    STANDING = "where it stands, of the own office; no word"
    COUNTS = "counts only"
    CONSENT = "what the reporter handed over"
    REASON = "in scope, for a reason on record"
    AGREED = "in scope, for a reason on record, once a second officer has agreed"
    NEVER = "–"


_A = Access

READS: Final[Mapping[Role, Mapping[Subject, Access]]] = {
    role: dict(zip(Subject, row, strict=True))
    for role, row in {
        Role.ANYONE: (_A.PUBLISHED, _A.NEVER, _A.NEVER, _A.NEVER),
        Role.REPORTER: (_A.OWN, _A.OWN, _A.OWN, _A.OWN),
        Role.UNIT_ADMIN: (_A.SCOPE, _A.SCOPE, _A.REASON, _A.NEVER),
        Role.LIAISON_OFFICER: (_A.SCOPE, _A.SCOPE, _A.REASON, _A.NEVER),
        Role.AGENCY_ADMIN: (_A.SCOPE_AND_LATE, _A.SCOPE, _A.REASON, _A.AGREED),
        Role.NATIONAL_ADMIN: (_A.ALL, _A.ALL, _A.REASON, _A.AGREED),
        Role.INTERNAL_AUDITOR: (_A.SUPERVISORY, _A.SUPERVISORY, _A.REASON, _A.AGREED),
        Role.HEAD: (_A.MASKED, _A.STANDING, _A.NEVER, _A.NEVER),
        Role.REGIONAL_OVERSEER: (_A.OVERSEEN, _A.COUNTS, _A.NEVER, _A.NEVER),
        Role.OVERSEER: (_A.OVERSEEN, _A.COUNTS, _A.NEVER, _A.NEVER),
        Role.EVALUATOR: (_A.PUBLISHED, _A.COUNTS, _A.NEVER, _A.NEVER),
        Role.OMBUDSMAN: (_A.CONSENT, _A.CONSENT, _A.CONSENT, _A.CONSENT),
    }.items()
}
# With these an account opens a report by its number on a page of the desk or of oversight.
KNOWS: Final = frozenset({_A.ALL, _A.SCOPE, _A.SCOPE_AND_LATE, _A.SUPERVISORY, _A.MASKED, _A.OVERSEEN, _A.STANDING})
