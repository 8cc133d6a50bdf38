"""`./run screenshots --all` knows every page behind the sign-in."""

import pytest
from django.urls import URLPattern

from tanggap.cli import every_page
from tanggap.web.account import urls as account
from tanggap.web.oversight import urls as oversight
from tanggap.web.workbench import urls as workbench


@pytest.mark.parametrize(("door", "prefix"), [(workbench, "workbench:"), (oversight, "oversight:"), (account, "")])
def test_each_page_behind_the_sign_in_has_a_picture_or_a_reason(door, prefix):
    names = {f"{prefix}{one.name}" for one in door.urlpatterns if isinstance(one, URLPattern)}
    shown = {stop.view for stops in every_page.PAGES.values() for stop in stops}
    shown = {name for name in shown if name.startswith(prefix) and (prefix or ":" not in name)}
    without = {name for name in names if name.removeprefix(prefix) in every_page.WITHOUT}
    assert shown | without == names
    assert shown & without == set()


def test_no_picture_overwrites_another():
    files = [stop.file for stops in every_page.PAGES.values() for stop in stops]
    assert len(files) == len(set(files))
