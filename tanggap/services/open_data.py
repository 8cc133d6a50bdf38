"""Let open data go out: one moment of the record, what is told of it, and the signature over that (ADR 0064).

What has gone out once is remembered, so that a later package can say how many reports are in it no more.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection

from tanggap import data
from tanggap.domain import open_data
from tanggap.domain.open_data import About, Scope, Table
from tanggap.selectors import formulas, open_data_dictionary, record
from tanggap.selectors import open_data as selectors
from tanggap.selectors.open_data import Snapshot
from tanggap.services import indicators, record_keys, signing

_REMEMBER: Final = """
INSERT INTO tanggap_goneout (report_id) SELECT report_id FROM open_data_chosen
ON CONFLICT (report_id) DO UPDATE SET missed_at = NULL WHERE tanggap_goneout.missed_at IS NOT NULL
"""
# Of a month those that were received in it; of an agency nothing is told: one report of it could be found by that.
_DROPPED: Final = """
SELECT count(*), count(*) FILTER (WHERE publication.report_id IS NULL)
FROM tanggap_goneout AS gone LEFT JOIN tanggap_publication AS publication USING (report_id)
    JOIN tanggap_indicatorfact AS fact USING (report_id)
WHERE %(first)s::date IS NULL OR fact.received_on BETWEEN %(first)s AND %(last)s
"""


@dataclass(slots=True)
class Package:
    """What a door needs to write a package; its tables can be read while the package is held, in their order."""

    about: About
    tables: Iterator[Table]
    texts: dict[str, str]


@contextmanager
def package(scope: Scope, *, now: datetime) -> Iterator[Package]:
    """Hold the content of a package as of one moment. Folds first, so that facts are those of the newest events."""
    indicators.fold(now=now)
    with selectors.snapshot(scope, now=now) as moment:
        with connection.cursor() as cursor:
            cursor.execute(_REMEMBER)
        about = About(
            scope=scope,
            home=f"{settings.PUBLIC_URL}/data-terbuka",
            at=now,
            computed_on=moment.computed_on,
            formulas=formulas.fingerprint(),
        )
        yield Package(about, _tables(moment), _texts())


def sign(description: str, *, now: datetime) -> dict[str, Any]:
    """Return the signature over the SHA-256 of a description, by the key of the record. Raises KeyRingError."""
    key = record_keys.announce(now=now)
    signer = signing.current()
    body = open_data.statement(origin=key.origin, at=now, description=description, key=signer.key)
    return {"statement": json.loads(body), "signature": signer.sign(body).hex()}


def _tables(moment: Snapshot) -> Iterator[Table]:
    yield from moment.tables()
    if not moment.scope.agency:
        yield Table(open_data_dictionary.tables()["dropped"], [open_data.line(_dropped(moment.scope))])


def _dropped(scope: Scope) -> tuple[int, int]:
    days = scope.days
    with connection.cursor() as cursor:
        cursor.execute(_DROPPED, {"first": days.first if days else None, "last": days.last if days else None})
        ever, dropped = cursor.fetchone()
    return ever, dropped


def _texts() -> dict[str, str]:
    """Return the files that are written as they are: formulas, forms, and what was signed of the record."""
    checkpoints = [one.value() for one in reversed(record.list_(most=_ALL))]
    stamps = record.stamps_value()
    stamped = {"timestamps.json": json.dumps({"timestamps": stamps}, indent=1) + "\n"} if stamps else {}
    return stamped | {
        "formulas.json": data.text(formulas.FILE),
        "assessment-forms.json": data.text("assessment.json"),
        "checkpoints.json": json.dumps({"checkpoints": checkpoints}, indent=1) + "\n",
        "keys.json": json.dumps({"keys": record.keys_value()}, indent=1) + "\n",
    }


_ALL: Final = 100_000
