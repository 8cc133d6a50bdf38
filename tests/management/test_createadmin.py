"""The first account is made from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tanggap.models import Appointment, User

pytestmark = pytest.mark.django_db


def test_a_generated_password_is_shown_once_and_works():
    out = StringIO()
    call_command("createadmin", username="admin.uji", generate=True, stdout=out)
    password = out.getvalue().strip().rpartition(" ")[2]
    user = User.objects.get(username="admin.uji")
    assert user.check_password(password)
    assert Appointment.objects.get(user=user).role == "national_admin"


def test_a_password_from_the_environment_is_not_shown(monkeypatch):
    monkeypatch.setenv("TANGGAP_ADMIN_PASSWORD", "from the environment 1")
    out = StringIO()
    call_command("createadmin", username="admin.uji", role="agency_admin", agency="kab-tangerang", stdout=out)
    assert "from the environment" not in out.getvalue()
    user = User.objects.get(username="admin.uji")
    assert user.check_password("from the environment 1")
    assert Appointment.objects.get(user=user).agency.slug == "kab-tangerang"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"username": "two words", "generate": True}, "cannot be used"),
        ({"username": "admin.uji", "generate": True, "agency": "atlantis"}, "no agency"),
        ({"generate": True}, "nobody to ask"),
    ],
)
def test_what_is_wrong_is_said(options, words, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError, match=words):
        call_command("createadmin", **options)
    assert not User.objects.filter(username=options.get("username", "")).exists()
