"""Comments of readers in the demo's province: it takes them, two are shown, one waits with something to mask."""

from typing import Final

from django.db import transaction

from tanggap.domain.comments import Act
from tanggap.management.demo.offices import PROVINCE
from tanggap.management.demo.steps import Stage
from tanggap.selectors import citizen_reports, publications, published_comments
from tanggap.services import citizens, comment_rules, comments

_GROUND: Final = "Keputusan Gubernur 000/CONTOH tentang komentar pembaca (contoh)"
_SHOWN: Final = (
    ("Warga RT 03", "Terima kasih sudah ditanggapi. Mohon kabar selanjutnya tetap ditulis di sini."),
    ("", "Di tempat saya juga begitu. Semoga berlaku untuk kampung sebelah."),
)
_WAITS: Final = ("Ani", "Saya punya foto dari minggu lalu. Kalau perlu, hubungi 0812-3456-7890.")


def play(stage: Stage) -> None:
    """Play them once, at the end, on the report that was answered last; what is there is left as it is."""
    admin, now = stage.offices.admin(PROVINCE), stage.clockwork.last_office_moment()
    found = publications.latest_answers(agency_id=admin.agency_id, size=1, now=now)
    report_id = citizen_reports.public_id(found[0].number) if found else None
    if report_id is None or published_comments.is_on(admin.agency_id):
        return
    with transaction.atomic():
        comment_rules.change(actor=admin, agency_id=admin.agency_id, is_on=True, ground=_GROUND, now=now)
        for number, (name, text) in enumerate((*_SHOWN, _WAITS)):
            reader = citizens.enter(f"pembaca{number}@example.org", language="id", now=now)
            reader = comments.write(reader, report_id, text=text, name=name, now=now)
            if number < len(_SHOWN):
                comments.decide(actor=admin, comment_id=reader.account.comments[-1], act=Act.SHOW, now=now)
