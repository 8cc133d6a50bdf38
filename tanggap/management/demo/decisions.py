"""What the province has decided for itself before the play begins: memos, more time, and a PPID."""

from datetime import datetime

from tanggap.domain.actors import System
from tanggap.domain.memos import MemoMode
from tanggap.domain.reference_rows import UnitKind
from tanggap.management.demo.offices import PPID, PROVINCE, Offices
from tanggap.selectors import agencies, policies
from tanggap.selectors import organisation as organisation_selectors
from tanggap.services import extensions, memos, organisation


def add_ppid(*, now: datetime) -> None:
    """Add the unit that answers formal requests for information, where there is none yet."""
    province = agencies.by_slug(PROVINCE).pk
    if organisation_selectors.ppid_of(province) is None:
        organisation.add_unit(
            actor=System(),
            agency_id=province,
            name="Pejabat Pengelola Informasi dan Dokumentasi (contoh)",
            short_name=PPID.upper(),
            kind=UnitKind.PPID.value,
            now=now,
        )


def decide(offices: Offices, *, now: datetime) -> None:
    """Let what is grave be answered by memo, and allow more time for an answer; decided once."""
    province = offices.agency_id(PROVINCE)
    if policies.memo_mode(province) == MemoMode.OFF:
        memos.change_mode(actor=offices.admin(PROVINCE), agency_id=province, mode=MemoMode.GRAVE, now=now)
    ground = "Keputusan Gubernur 000/CONTOH tentang perpanjangan waktu jawaban (contoh)"
    extensions.decide(actor=System(), agency_id=province, is_on=True, ground=ground, now=now)
