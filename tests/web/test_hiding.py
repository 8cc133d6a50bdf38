"""Hiding more of a published report at the desk: what is not public is named, what is hidden is gone from its page."""

import pytest
import time_machine

from tanggap.domain.lifecycle import Action
from tanggap.models import User
from tests import make

pytestmark = pytest.mark.django_db


def test_an_admin_hides_a_name_from_the_public_page(client):
    with time_machine.travel(make.NOW, tick=False):
        report = make.submit(body=f"{make.BODY} Sumarna menagih lima ribu.")
        make.act(report, Action.VERIFY_AND_ASSIGN)
        report = make.act(report, Action.FOLLOW_UP)
        client.force_login(User.objects.get(pk=make.agency_admin().user_id))
        at, public = f"/meja/{report.number}", f"/laporan/{report.number}"
        assert "Samarkan lebih banyak" in client.get(f"{at}?tindakan=redact").content.decode()
        assert "Sumarna" in client.get(public).content.decode()
        sent = {"tindakan": "redact", "seen": report.event_count, "hiding_ground": "third_party"}
        wrong = client.post(at, {**sent, "masked_words": "Suparman"})
        assert wrong.status_code == 422
        assert "Tidak ada dalam teks publik: Suparman" in wrong.content.decode()
        missing = client.post(at, {"tindakan": "redact", "seen": report.event_count})
        assert missing.status_code == 422
        assert "Pilih alasan menyamarkan." in missing.content.decode()
        done = client.post(at, {**sent, "masked_words": "Sumarna"}, follow=True).content.decode()
        assert "Alasan menyamarkan: Data pribadi pihak ketiga" in done
        assert "Sumarna" not in client.get(public).content.decode()
