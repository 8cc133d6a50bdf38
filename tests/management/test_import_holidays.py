"""The calendar file can be made again, and a wrong span is refused."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tanggap import data


def test_the_committed_file_is_what_the_command_writes(tmp_path):
    out = StringIO()
    call_command("import_holidays", "--output", str(tmp_path / "holidays.csv"), stdout=out)
    assert (tmp_path / "holidays.csv").read_text(encoding="utf-8") == data.text("holidays.csv")
    assert out.getvalue().startswith("239 days of 2018-2027 from holidays ")


def test_years_the_wrong_way_round_are_refused():
    with pytest.raises(CommandError, match=r"The last year \(2018\) comes before the first \(2020\)"):
        call_command("import_holidays", "--from", "2020", "--to", "2018")
