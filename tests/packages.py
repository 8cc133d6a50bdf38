"""Packages of open data on the shelf, as a build leaves them, without one being built."""

import json
from datetime import UTC, datetime
from pathlib import Path

from tanggap.adapters import open_data_shelf as shelf

BODY = b"number\r\n" + b"0123456789" * 100


def lay(root: Path, *tables: str, agency_id: int | None = None) -> None:
    """Lay the whole package and that of a month on the shelf, with these tables; that of an agency where it is said."""
    named = [("lengkap", None, None), ("2026-10", "2026-10", None)]
    if agency_id is not None:
        named.append(("pemprov-banten", None, agency_id))
    for name, month, agency in named:
        (root / name / "data").mkdir(parents=True)
        for table in tables:
            (root / name / "data" / f"{table}.csv").write_bytes(BODY)
        (root / f"{name}.zip").write_bytes(b"PK" * 900_000)
        content = {
            "created": datetime(2026, 11, 2, 1, tzinfo=UTC).isoformat(),
            "tanggap": {"month": month, "agency": agency},
            "resources": [
                {"type": "table", "name": table, "path": f"data/{table}.csv", "bytes": len(BODY), "rows": 1234}
                for table in tables
            ],
        }
        (root / name / "datapackage.json").write_text(json.dumps(content))
        shelf.put_on_list(root, name, content)
