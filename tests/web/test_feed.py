"""Lists of published reports as Atom: every field, every filter, nothing that is hidden."""

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from lxml import etree

from tanggap.domain.lifecycle import Action, Status
from tests import make

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
HOME = settings.PUBLIC_URL


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


def read(query="", **headers):
    """Return a feed as XML, read by a parser that takes no entities and fetches nothing."""
    answer = Client().get(f"/laporan.atom{query}", **headers)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    tree = etree.fromstring(answer.content, parser)
    assert tree.getroottree().docinfo.internalDTD is None
    return tree


def said(part, name):
    return part.findtext(ATOM + name)


def entries(query=""):
    return [said(entry, "title") for entry in read(query).findall(f"{ATOM}entry")]


def test_an_entry_holds_what_the_list_shows():
    report = make.report(status=Status.ASSIGNED, body='Jalan <b>"berlubang"</b> & gelap\x0b sejak lama di depan pasar.')
    tree = read("?q=berlubang&instansi=pemprov-banten")
    assert said(tree, "id") == f"{HOME}/laporan.atom?q=berlubang&instansi=pemprov-banten"
    links = {link.get("rel"): link.get("href") for link in tree.findall(f"{ATOM}link")}
    assert links["self"] == said(tree, "id")
    assert links["alternate"] == f"{HOME}/laporan?q=berlubang&instansi=pemprov-banten"
    (entry,) = tree.findall(f"{ATOM}entry")
    assert said(entry, "id") == entry.find(f"{ATOM}link").get("href") == f"{HOME}/laporan/{report.number}"
    assert said(entry, "title") == report.title
    assert said(entry, "updated") == said(entry, "published") == said(tree, "updated") == "2020-07-01T03:00:00+00:00"
    assert said(entry.find(f"{ATOM}author"), "name") == make.unit().name
    assert entry.find(f"{ATOM}category").get("term") == make.category()
    assert '<b>"berlubang"</b> & gelap' in said(entry, "summary")


def test_every_filter_narrows_a_feed_and_answers_are_entries_of_their_own():
    report = make.report(status=Status.ANSWERED)
    make.report(status=Status.ASSIGNED)
    assert len(entries("?wilayah=36.01&kategori=" + make.category())) == 2
    assert entries("?instansi=pemprov-banten/dinkes") == entries("?wilayah=36.02") == []
    assert entries("?urut=jawaban") == [f"Dijawab: {report.title}"]
    assert said(read("?urut=jawaban").find(f"{ATOM}entry"), "id").endswith("#jawaban")


def test_an_empty_feed_is_a_feed():
    tree = read()
    assert said(tree, "updated")
    assert tree.findall(f"{ATOM}entry") == []


def test_what_was_read_already_is_not_sent_again_and_what_is_hidden_is_gone_at_once():
    report = make.report(status=Status.ASSIGNED)
    first = Client().get("/laporan.atom")
    assert "Last-Modified" not in first
    assert Client().get("/laporan.atom", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    make.act(report, Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)
    again = Client().get("/laporan.atom", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 200
    assert report.number not in again.content.decode()


def test_pages_name_their_feeds():
    make.report(status=Status.ASSIGNED)
    kind = 'rel="alternate" type="application/atom+xml"'
    assert (
        f'{kind} title="Laporan publik" href="/laporan.atom?q=jalan"'
        in Client().get("/laporan?q=jalan").content.decode()
    )
    for path in ("pemprov-banten", "pemprov-banten/dpupr"):
        text = Client().get(f"/instansi/{path}").content.decode()
        assert f'href="/laporan.atom?instansi={path}"' in text
        assert f'href="/laporan.atom?instansi={path}&amp;urut=jawaban"' in text
