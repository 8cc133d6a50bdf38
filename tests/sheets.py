"""Read a list that a page gave as a file."""

import csv
import io


def sheet_of(answer) -> list[dict[str, str]]:
    """Return the rows of a table as text, by their headings."""
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
