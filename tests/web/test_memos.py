"""The memo (nota dinas) at the desk: the admin switches it on, the operator submits, the signer mends and signs."""

import re
from dataclasses import replace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanggap.adapters.outbound import paper
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.memos import MemoMode
from tanggap.domain.outcomes import Outcome
from tanggap.models import Attachment, Event, MemoNumber, Report, User
from tanggap.services import memos
from tanggap.web.workbench import doors, memo_paper
from tests import make
from tests.adapters import hostile_files

pytestmark = pytest.mark.django_db
TEXT = "Perbaikan ruas itu kami jadwalkan. Hubungi Ibu Siti Contoh di 081234567890."
RULE = "/meja/organisasi/pemprov-banten/nota-dinas"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def seat(actor: object) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def values(report: Report, action: Action, **given: object) -> dict[str, object]:
    seen = Report.objects.get(pk=report.pk).event_count
    head = {"addressee": "Diskominfo SP", "subject": "Jawaban", "outcome": "explained", "text": TEXT}
    return {"tindakan": action.value, "seen": seen, **head, **given}


def test_a_memo_is_switched_on_submitted_mended_signed_and_read_inside(settings):
    admin, operator, liaison = (seat(make.agency_admin()), seat(make.unit_admin()), seat(make.liaison()))
    report = make.report(status=Status.ASSIGNED)
    at, helper = f"/meja/{report.number}", make.agency_admin("kab-lebak")
    asked = {"text": "Mohon dukungan.", "agency_id": helper.agency_id}
    make.act(report, Action.ADD_SUPPORT, actor=make.national_admin(), **asked)
    helping = seat(helper)
    assert admin.post(RULE, {"mode": "off"}).status_code == 422  # nothing changes
    assert admin.post(RULE, {"mode": "always"}, follow=True).redirect_chain == [(RULE, 302)]
    assert "Tidak pernah: unit menjawab langsung → Selalu" in admin.get(RULE.replace("nota-dinas", "catatan")).text

    begun = operator.get(at).text
    assert "Tulis dan ajukan. Jawaban terkirim setelah pejabat penghubung menandatangani." in begun
    assert 'value="submit_memo"' in begun
    assert 'value="sign_memo"' not in begun
    assert "memo_number" not in begun
    assert liaison.post(at, values(report, Action.ANSWER)).status_code == 422
    empty = operator.post(at, values(report, Action.SUBMIT_MEMO, addressee="", subject="", outcome=""))
    assert (empty.status_code, empty.text.count('class="error"')) == (422, 3)
    sent = values(report, Action.SUBMIT_MEMO, files=[SimpleUploadedFile("foto.jpg", hostile_files.photo(60, 40))])
    assert "nota dinas diajukan" in operator.post(at, sent, follow=True).text

    assert re.search(r'antrean=nota"[^\n]*<span class="count">1</span>', liaison.get("/meja").text)
    assert report.number in liaison.get("/meja?antrean=nota").text
    offered = liaison.get(at).text
    assert TEXT in offered
    assert "Diskominfo SP" in offered
    assert 'value="check_memo"' in offered
    assert 'name="temuan-' in offered
    # A finding waits for an answer; a signature that fails sends nothing and keeps what was typed.
    key = re.search(r'name="evidence" value="([0-9a-f]+)"', offered)[1]
    signed = values(report, Action.SIGN_MEMO, evidence=[key], publish_files="on", memo_number="800/7")
    assert liaison.post(at, signed).status_code == 422
    signed |= dict.fromkeys(re.findall(r'name="(temuan-[^"]+)"', offered), "samarkan")
    settings.SIGN_COMMAND = "false"
    failed = liaison.post(at, signed)
    assert (failed.status_code, "Nota dinas belum ditandatangani" in failed.text) == (422, True)
    assert Report.objects.get(pk=report.pk).status == Status.ASSIGNED
    settings.SIGN_COMMAND = """sh -c 'cat; echo "%% $TANGGAP_MEMO_NUMBER"'""".replace("%%", "%")
    assert "jawabannya terkirim" in liaison.post(at, signed, follow=True).text

    sign = Event.objects.get(report=report, kind="sign_memo")
    assert (sign.data["memo"]["number"], sign.data["memo"]["signature"]) == ("800/7", "command")
    assert MemoNumber.objects.count() == 1
    kept = f"{at}/berkas/{Attachment.objects.get(event=sign).key}"
    document = b"".join(liaison.get(kept).streaming_content)
    assert document.startswith(b"%PDF-")
    assert document.endswith(b"% 800/7\n")
    assert seat(make.liaison("dindikbud")).get(kept).status_code == 404
    # Who helps from another agency reads the answer, and not the memo behind it.
    assert (helping.get(at).text.count(TEXT), helping.get(kept).status_code) == (1, 404)
    assert liaison.get(at).text.count(TEXT) == 3
    public = Client().get(f"/laporan/{report.number}").text
    assert "kami jadwalkan" in public
    assert "081234567890" not in public
    assert "nota" not in public.lower()


OLDER = "Ruas itu bukan prioritas kami tahun ini, mohon dimaklumi."
MENDED = "Perbaikan ruas itu kami jadwalkan pekan depan."


def shown(page: str) -> str:
    """Return the text that the form of a page holds."""
    return re.search(r'<textarea name="text"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)[1]


def beside(page: str) -> list[str]:
    """Return the drafts that are read beside the form."""
    return re.findall(r'<textarea id="draf-[^>]*readonly[^>]*>(.*?)</textarea>', page, re.DOTALL)


def kept(report: Report, **given: object) -> dict[str, object]:
    return values(report, Action.SIGN_MEMO, **given) | {"draf": "simpan"}


def test_the_memo_to_be_signed_is_what_the_form_shows_and_an_older_draft_is_read_beside_it():
    admin, operator, liaison = make.agency_admin(), make.unit_admin(), make.liaison()
    memos.change_mode(actor=admin, agency_id=admin.agency_id, mode=MemoMode.ALWAYS, now=make.NOW)
    report, signer = make.report(status=Status.ASSIGNED), seat(liaison)
    at = f"/meja/{report.number}"
    signer.post(f"{at}/draf/submit_memo", kept(report, text=OLDER))
    assert (shown(signer.get(at).text), beside(signer.get(at).text)) == (OLDER, [])
    make.act(report, Action.SUBMIT_MEMO, actor=operator, text=make.SAYING.text)
    page = signer.get(at).text
    assert (shown(page), beside(page)) == (make.SAYING.text, [OLDER])
    assert "draf ini tidak ada dalam formulir" in page
    # What is mended in the memo is a draft of its own: it is there again, and the older one still is, too.
    first = Event.objects.get(report=report, kind="submit_memo").seq
    signer.post(f"{at}/draf/sign_memo-{first}", kept(report, text=MENDED))
    page = signer.get(at).text
    assert (shown(page), beside(page)) == (MENDED, [OLDER])
    # A memo that is newer than that is what would be signed.
    make.act(report, Action.RETURN_MEMO, actor=make.liaison(), text="Sebutkan tanggalnya.")
    newer = f"{make.SAYING.text} Tanggal 8 Juli."
    make.act(report, Action.SUBMIT_MEMO, actor=operator, text=newer)
    page = signer.get(at).text
    assert (shown(page), sorted(beside(page))) == (newer, sorted([MENDED, OLDER]))
    latest = Event.objects.filter(report=report, kind="submit_memo").latest("seq").seq
    assert f'data-save="{at}/draf/sign_memo-{latest}"' in page
    for place in (f"sign_memo-{latest + 1}", "sign_memo-x", "sign_memo-1"):
        assert signer.post(f"{at}/draf/{place}", kept(report, text=MENDED)).status_code == 404
    # A signature that fails keeps what was typed, and takes nothing from what is read beside it.
    assert signer.post(at, values(report, Action.SIGN_MEMO, text=newer, outcome="")).status_code == 422
    assert sorted(beside(signer.get(at).text)) == sorted([MENDED, OLDER])
    signed = values(report, Action.SIGN_MEMO, text=newer)
    assert "jawabannya terkirim" in signer.post(at, signed, follow=True).text
    sign = Event.objects.get(report=report, kind="sign_memo")
    assert sign.texts.get(field="text").text == newer
    assert sorted(beside(signer.get(at).text)) == sorted([MENDED, OLDER]), "still to be read"
    for place in ("submit_memo", f"sign_memo-{first}"):
        assert "Nota dinas" in signer.get("/meja/draf").text
        signer.post(f"{at}/draf/{place}", {"draf": "buang"})
    assert beside(signer.get(at).text) == []


def test_a_memo_that_comes_while_the_signer_types_is_shown_and_the_words_are_read_beside_it():
    admin, liaison = make.agency_admin(), make.liaison()
    memos.change_mode(actor=admin, agency_id=admin.agency_id, mode=MemoMode.ALWAYS, now=make.NOW)
    report, signer = make.report(status=Status.ASSIGNED), seat(liaison)
    at, typed = f"/meja/{report.number}", values(report, Action.SIGN_MEMO, text=OLDER)
    make.act(report, Action.SUBMIT_MEMO, actor=make.unit_admin(), text=make.SAYING.text)
    assert signer.post(at, typed).status_code == 409
    page = signer.get(at).text
    assert (shown(page), beside(page)) == (make.SAYING.text, [OLDER])


def test_who_writes_a_memo_and_signs_it_has_one_draft_which_is_used_up():
    admin, liaison = make.agency_admin(), make.liaison()
    memos.change_mode(actor=admin, agency_id=admin.agency_id, mode=MemoMode.ALWAYS, now=make.NOW)
    report, signer = make.report(status=Status.ASSIGNED), seat(liaison)
    at = f"/meja/{report.number}"
    signer.post(f"{at}/draf/submit_memo", kept(report, text=MENDED))
    assert "jawabannya terkirim" in signer.post(at, values(report, Action.SIGN_MEMO, text=MENDED), follow=True).text
    assert beside(signer.get(at).text) == []


def test_of_who_reported_nothing_stands_on_the_paper():
    admin, liaison = make.agency_admin(), make.liaison()
    memos.change_mode(actor=admin, agency_id=admin.agency_id, mode=MemoMode.ALWAYS, now=make.NOW)
    report = make.report(status=Status.ASSIGNED)
    start = TEXT.index("Siti"), TEXT.index("0812")
    masked = {"text": ((start[0], start[0] + 11, "name_after_honorific"), (start[1], start[1] + 12, "phone"))}
    move = replace(make.SAYING, text=TEXT, masked=masked, outcome=Outcome.EXPLAINED)
    move = replace(move, addressee="Siti, telepon 081234567890", subject="Jawaban")
    wanted = memos.Wanted(report, "1/ND/DPUPR/2020", make.NOW.date(), move, ("foto.jpg",))
    desk = doors.desk_of(liaison, report.number, make.NOW)
    made = memo_paper.sheet(desk, wanted, now=make.NOW, is_electronic=False)
    assert not any(word in str(made) for word in ("Siti Contoh", "081234567890"))
    assert made.heads[0] == ("Nomor", "1/ND/DPUPR/2020")
    assert paper.memo_pdf(made, made_at=make.NOW) == paper.memo_pdf(made, made_at=make.NOW)
