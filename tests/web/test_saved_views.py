"""Lists that officers keep: by name, own or the office's, and never a right to a report."""

import re

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Status
from tanggap.models import SavedView, User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def sit(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def keep(client, name, query="antrean=unit&kanal=phone", **data):
    return client.post(f"/meja/tampilan?{query}", {"nama": name, **data})


def test_a_list_is_kept_by_name_shown_beside_the_queues_renamed_and_removed():
    client = sit(make.agency_admin())
    answer = keep(client, "  Lewat   telepon ", "antrean=unit&kanal=phone&sesudah=abc&asing=1")
    view = SavedView.objects.get()
    assert (view.name, view.said) == ("Lewat telepon", {"antrean": "unit", "kanal": "phone"})
    assert answer.url == f"/meja?antrean=unit&kanal=phone&tampilan={view.key}"
    page = client.get(answer.url).content.decode()
    rail = page.split('class="rail"')[1].split("</nav>")[0]
    (link,) = re.findall(r'<a href="([^"]+)" aria-current="page">', rail)
    assert "tampilan=" in link, "the kept list is the one that is shown, and no queue"
    assert f"tampilan={view.key}" not in re.search(r'class="chip" href="([^"]+)"', page)[1]
    assert client.post(f"/meja/tampilan/{view.key}", {"nama": "Telepon"}).status_code == 302
    assert SavedView.objects.get().name == "Telepon"
    assert client.post(f"/meja/tampilan/{view.key}/hapus").status_code == 302
    assert not SavedView.objects.exists()


def test_a_bad_name_is_said_and_nothing_typed_is_lost():
    client = sit(make.agency_admin())
    keep(client, "Telepon")
    for name, words in (("", "Beri nama"), ("x" * 61, "paling panjang 60"), ("Telepon", "sudah punya tampilan")):
        answer = keep(client, name)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert f'value="{name}"' in answer.content.decode()
    assert SavedView.objects.count() == 1


def test_a_shared_view_is_seen_by_the_office_alone_and_gives_no_right():
    owner, colleague, admin = make.liaison(), make.liaison(), make.agency_admin()
    report = make.report(status=Status.ASSIGNED)
    keep(sit(owner), "Milik kita", "antrean=unit", bagikan="1")
    keep(sit(owner), "Milik saya", "antrean=unit")
    shared = SavedView.objects.get(is_shared=True)
    theirs = sit(colleague).get(f"/meja?antrean=unit&tampilan={shared.key}").content.decode()
    assert "Milik kita" in theirs
    assert "Milik saya" not in theirs
    assert report.number in theirs
    for stranger in (make.liaison("dindikbud"), make.agency_admin("kab-lebak")):
        page = sit(stranger).get(f"/meja?antrean=unit&tampilan={shared.key}").content.decode()
        assert "Milik kita" not in page
        assert report.number not in page
        assert sit(stranger).post(f"/meja/tampilan/{shared.key}/hapus").status_code == 404
    assert sit(colleague).post(f"/meja/tampilan/{shared.key}", {"nama": "Lain"}).status_code == 404
    assert sit(admin).post(f"/meja/tampilan/{shared.key}/hapus").status_code == 302
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Milik saya"]
