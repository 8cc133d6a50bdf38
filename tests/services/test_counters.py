"""Folding from two sides at once loses nothing and doubles nothing."""

import threading

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tanggap.services import counters
from tests import conftest

NAME = "tanggap_fold_trial"


@pytest.fixture
def address():
    conftest.clone(NAME)
    yield make_conninfo(**{**conninfo_to_dict(settings.DATABASE_URL), "dbname": NAME})
    conftest.remove(NAME)


@pytest.mark.django_db
def test_nothing_to_fold_is_nothing():
    assert counters.fold() == 0
    assert connection.vendor == "postgresql"


def test_two_folds_at_once_move_each_change_once(address):
    with psycopg.connect(address, autocommit=True) as db:
        agencies = [row[0] for row in db.execute("SELECT id FROM tanggap_agency ORDER BY id LIMIT 5")]
        for agency in agencies:
            for status in ("unverified", "assigned"):
                db.execute(
                    "INSERT INTO tanggap_deskdelta (capacity, agency_id, unit_id, status, is_overdue, came_back, n)"
                    " SELECT 'owner', %s, NULL, %s, false, false, 1 FROM generate_series(1, 300)",
                    [agency, status],
                )
    moved, barrier = [], threading.Barrier(3)

    def fold():
        with psycopg.connect(address, autocommit=True) as db:
            barrier.wait()
            while done := db.execute(counters._FOLD, [40]).fetchone()[0]:
                moved.append(done)

    threads = [threading.Thread(target=fold) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with psycopg.connect(address) as db:
        rows = db.execute("SELECT agency_id, status, n FROM tanggap_deskcount ORDER BY 1, 2").fetchall()
        left = db.execute("SELECT count(*) FROM tanggap_deskdelta").fetchone()[0]
    assert sum(moved) == 3000
    assert left == 0
    assert {n for _agency, _status, n in rows} == {300}
    assert len(rows) == 10
