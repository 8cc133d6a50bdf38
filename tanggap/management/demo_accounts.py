"""The sign-ins of the demonstration, with random passwords in a file that only its owner reads."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from tanggap.domain.actors import System
from tanggap.domain.appointments import Office
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import agencies
from tanggap.services import accounts

FILE_NAME = "demo-accounts.json"


class DemoAccount(TypedDict):
    """One sign-in as it stands in the file."""

    username: str
    password: str
    role: str
    agency: str
    unit: str | None
    totp_secret: str | None


@dataclass(frozen=True, slots=True)
class _Seat:
    username: str
    name: str
    office: Office
    agency: str
    unit: str | None = None


SEATS = (
    _Seat("admin.nasional", "Admin Nasional (contoh)", Office.NATIONAL_ADMIN, "admin-nasional"),
    _Seat("admin.banten", "Admin Banten (contoh)", Office.AGENCY_ADMIN, "pemprov-banten"),
    # An objection is decided by an admin who has not archived the report, so there are two.
    _Seat("admin.banten2", "Admin Banten Kedua (contoh)", Office.AGENCY_ADMIN, "pemprov-banten"),
    _Seat("admin.tangerangkab", "Admin Kabupaten Tangerang (contoh)", Office.AGENCY_ADMIN, "kab-tangerang"),
    _Seat("dpupr", "Penghubung DPUPR (contoh)", Office.LIAISON_OFFICER, "pemprov-banten", "dpupr"),
    # Prepares what the unit answers; the liaison officer signs it.
    _Seat("operator.dpupr", "Operator DPUPR (contoh)", Office.UNIT_ADMIN, "pemprov-banten", "dpupr"),
    _Seat("dindikbud", "Penghubung Dindikbud (contoh)", Office.LIAISON_OFFICER, "pemprov-banten", "dindikbud"),
    _Seat("inspektorat", "Pengawas Inspektorat (contoh)", Office.INTERNAL_AUDITOR, "pemprov-banten", "inspektorat"),
    # The reference data has no PPID; the demonstration adds one.
    _Seat("ppid", "Petugas PPID Banten (contoh)", Office.LIAISON_OFFICER, "pemprov-banten", "ppid"),
    # Those who look and do not work on reports.
    _Seat("pengawas.banten", "Pengawas Daerah Banten (contoh)", Office.REGIONAL_OVERSEER, "pemprov-banten"),
    _Seat("pengawas.ksp", "Pengawas KSP (contoh)", Office.OVERSEER, "kemensetneg"),
    _Seat("kepala.dpupr", "Kepala DPUPR (contoh)", Office.HEAD, "pemprov-banten", "dpupr"),
    _Seat("evaluator", "Evaluator Nasional (contoh)", Office.EVALUATOR, "admin-nasional"),
    _Seat("ombudsman", "Ombudsman RI (contoh)", Office.OMBUDSMAN, "ori"),
)


def ensure(data_dir: Path, *, now: datetime) -> list[DemoAccount]:
    """Make the accounts that are missing and return what the file says of all whose office there is.

    The file is written before the accounts are made: a stop in between leaves passwords without
    accounts, which the next start mends, and never an account whose password nobody knows. An
    account that exists keeps its password, whatever the file says.
    """
    path = data_dir / FILE_NAME
    known = {entry["username"]: entry for entry in read(data_dir)}
    seats = [seat for seat in SEATS if seat.unit is None or agencies.has_unit(seat.agency, seat.unit)]
    listed = [_with_factor(seat, known.get(seat.username) or _new_entry(seat)) for seat in seats]
    if listed != list(known.values()):
        _write(path, listed)
    for seat, entry in zip(seats, listed, strict=True):
        if not account_selectors.exists(seat.username):
            accounts.create_officer(
                actor=System(),
                username=seat.username,
                password=entry["password"],
                role=seat.office.value,
                agency=seat.agency,
                unit=seat.unit,
                now=now,
                display_name=seat.name,
            )
        if secret := entry["totp_secret"]:
            accounts.give_factor(actor=System(), user_id=account_selectors.id_of(seat.username), secret=secret)
    return listed


def read(data_dir: Path) -> list[DemoAccount]:
    """Return the sign-ins of the file, or none where there is no file."""
    try:
        entries: list[DemoAccount] = json.loads((data_dir / FILE_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return entries


def _with_factor(seat: _Seat, entry: DemoAccount) -> DemoAccount:
    """Return the entry with the key of an authenticator app: admins need one, and a folder of before has none yet."""
    if entry["totp_secret"] or seat.office not in {Office.NATIONAL_ADMIN, Office.AGENCY_ADMIN}:
        return entry
    if account_selectors.exists(seat.username) and account_selectors.has_factor(account_selectors.id_of(seat.username)):
        return entry  # its owner has set one up, which only its owner knows
    return {**entry, "totp_secret": base64.b32encode(secrets.token_bytes(20)).decode("ascii")}


def _new_entry(seat: _Seat) -> DemoAccount:
    return {
        "username": seat.username,
        "password": secrets.token_urlsafe(12),
        "role": seat.office.value,
        "agency": seat.agency,
        "unit": seat.unit,
        "totp_secret": None,
    }


def _write(path: Path, entries: list[DemoAccount]) -> None:
    """Replace the file in one step; it is readable by its owner alone from its first byte on."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(entries, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
