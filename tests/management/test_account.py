"""Whoever has the machine opens an account that nobody else can open."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from tanggap.domain.actors import System
from tanggap.models import AdministrationEntry, User
from tanggap.services import accounts
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_admin():
    return User.objects.get(pk=make.national_admin().user_id)


def run(*words):
    out = StringIO()
    call_command("account", *words, stdout=out)
    return out.getvalue()


def test_the_link_that_is_printed_sets_a_password_and_stands_nowhere_else(only_admin):
    said = run("password", only_admin.username.upper(), "--reason", "ponsel dan sandi hilang")
    path = re.search(r"https?://[^/\s]+(/kata-sandi/\S+)", said)[1]
    new = "kata sandi yang baru"
    assert Client().post(path, {"password": new, "again": new}).url == "/masuk"
    only_admin.refresh_from_db()
    assert only_admin.check_password(new)
    entries = AdministrationEntry.objects.filter(subject=only_admin).order_by("pk")
    assert [(entry.kind, entry.by, entry.role) for entry in entries] == [
        ("password_link", None, "system"),
        ("password_set", None, "system"),
    ]
    assert entries[0].after == {"reason": "ponsel dan sandi hilang"}


def test_the_last_admin_is_locked_and_unlocked_and_loses_a_factor(only_admin):
    accounts.give_factor(actor=System(), user_id=only_admin.pk, secret="JBSWY3DPEHPK3PXP")
    run("lock", only_admin.username)
    assert not User.objects.get(pk=only_admin.pk).is_active
    with pytest.raises(CommandError, match="Unlock it first"):
        run("password", only_admin.username)
    run("unlock", only_admin.username)
    assert User.objects.get(pk=only_admin.pk).is_active
    run("factor", only_admin.username)
    assert not Authenticator.objects.filter(user=only_admin).exists()
    with pytest.raises(CommandError, match="no second factor"):
        run("factor", only_admin.username)


def test_a_name_that_nobody_has_is_said():
    with pytest.raises(CommandError, match=r"no account named tidak\.ada"):
        run("unlock", "tidak.ada")
