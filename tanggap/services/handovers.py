"""The file that the Ombudsman gets of a report: what the reporter agreed to hand over, and not a word more (T29).

It is built when it is asked for and kept nowhere, so a consent that was withdrawn leaves nothing behind here.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import transaction

from tanggap.domain import privacy, redaction
from tanggap.domain.actors import Ombudsman, Reporter
from tanggap.domain.clocks import STATUTORY
from tanggap.domain.handover import PERSON, Part, parts
from tanggap.domain.intake import Identity as Person
from tanggap.domain.ledger import moment
from tanggap.domain.lifecycle import Action
from tanggap.domain.redaction import Finding, FindingKind
from tanggap.domain.redaction.wanted import find_wanted
from tanggap.models import Report
from tanggap.selectors import own_reports
from tanggap.selectors.own_reports import Entry, File, OwnReport
from tanggap.services import deadlines, reports, vault
from tanggap.services.redaction import find

type Reader = Callable[[str], Iterator[bytes]]

# Kept in memory up to this; a report with large files goes to the disk while it is built.
_IN_MEMORY: Final = 2**20
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # nothing in the file depends on the machine's clock
# Parts of a name shorter than this are words of other texts.
_SHORTEST_NAME: Final = 3


@transaction.atomic
def build(*, actor: Ombudsman, number: str, now: datetime, read_file: Reader) -> IO[bytes]:
    """Return the hand-over file as a ZIP, after writing who took it and when into the chain.

    Who takes it is told to the reporter. `read_file` gives the bytes of a stored file. Raises reports.NotFoundError
    for what was not handed over, or no longer is, and FileNotFoundError where a file is gone from the disk: then
    nothing is written and nothing is given.
    """
    report = reports.act(actor=actor, number=number, action=Action.OPEN_HANDOVER, now=now)
    own = own_reports.get(viewer=Reporter(report.pk), now=now)
    words = _Words.of(report, parts(own.facts.handed_over), privacy.confirmed_spans(own.events))
    writer = _Writer(read_file)
    try:
        for path, content in _contents(own, words):
            writer.add(path, json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode())
        for path, file in _files(own, words.consent):
            writer.copy(path, file)
        return writer.close(_manifest(own, now))
    except BaseException:
        writer.drop()
        raise


@dataclass(frozen=True, slots=True)
class _Words:
    """The consent, and how texts are cleared of what it does not reach."""

    consent: frozenset[Part]
    person: Person
    marked: Mapping[tuple[int, str], privacy.Spans]  # by officers, in each text

    @classmethod
    def of(cls, report: Report, consent: frozenset[Part], marked: Mapping[tuple[int, str], privacy.Spans]) -> "_Words":
        try:
            return cls(consent, vault.open_after_event(report), marked)
        except vault.NothingSealedError:
            return cls(consent, Person(), marked)

    def title(self, report: Report) -> str:
        """Return the title, cleared as `clear` does; the column holds it without what was marked."""
        if consents_to_person(self.consent):
            return report.title
        return self.clear(report.desk_title or report.title, 0, "")

    def clear(self, text: str, seq: int, field: str) -> str:
        """Return a text: as it is where name and contact were handed over, else without any person in it.

        What an officer marked goes, and the own name and addresses of the reporter and of who files for them,
        where no finder would see them.
        """
        if consents_to_person(self.consent):
            return text
        person = self.person
        told = (person.name, person.proxy)
        names = [*told, *(part for name in told for part in name.split() if len(part) >= _SHORTEST_NAME)]
        wanted = [(word, FindingKind.NAME_AFTER_HONORIFIC) for word in names]
        wanted += [(person.email, FindingKind.EMAIL), (person.phone, FindingKind.PHONE)]
        wanted += [(person.address, FindingKind.ADDRESS), (person.nik, FindingKind.NIK)]
        own = [Finding(*span, kind) for word, kind in wanted if word for span in find_wanted(text, word)]
        return redaction.mask(text, redaction.merge([*find(text), *own, *self.marked.get((seq, field), ())]))


def consents_to_person(consent: frozenset[Part]) -> bool:
    """Say whether the texts may name the reporter: only where both name and contact were handed over."""
    return consent >= PERSON


def _contents(own: OwnReport, words: _Words) -> Iterator[tuple[str, Any]]:
    if Part.TEXT in words.consent:
        texts = {name: words.clear(text, 1, name) for name, text in own.words.items()}
        yield "laporan.json", texts | {"title": words.title(own.report)}
    if person := {name: value for name, value in _person(words) if value}:
        yield "identitas.json", person
    if Part.HISTORY in words.consent:
        yield "riwayat.json", [_event(entry, words) for entry in own.entries]


def _person(words: _Words) -> Iterator[tuple[str, str]]:
    if Part.NAME in words.consent:
        yield "name", words.person.name
    if Part.CONTACT in words.consent:
        yield from (("email", words.person.email), ("phone", words.person.phone), ("address", words.person.address))


def _event(entry: Entry, words: _Words) -> dict[str, Any]:
    event = entry.event
    return {
        "seq": event.seq,
        "action": event.kind,
        "at": moment(event.acted_at),
        "by": "reporter" if event.role == "reporter" else entry.office or event.role,
        "status": event.to_status,
        "text": words.clear(entry.text, event.seq, "text"),
    }


def _files(own: OwnReport, consent: frozenset[Part]) -> Iterator[tuple[str, File]]:
    """Give the files that the consent reaches: the reporter's own, and with the history those of the offices."""
    for entry in own.entries:
        is_own = entry.event.is_reporters
        if (Part.FILES if is_own else Part.HISTORY) in consent:
            folder = "lampiran" if is_own else "berkas-instansi"
            for at, file in enumerate(entry.files, start=1):
                name = PurePosixPath(file.name.replace("\\", "/"))
                # What a file is called may name a person, too.
                shown = name.name if consents_to_person(consent) else f"berkas{name.suffix}"
                yield f"{folder}/{entry.event.seq:03d}-{at:02d}-{shown}", file


def _manifest(own: OwnReport, now: datetime) -> dict[str, Any]:
    """Return what is always told, as the reporter was told: which report, where it stands, what was agreed to."""
    given = next(event for event in reversed(own.events) if event.kind == Action.ESCALATE_OMBUDSMAN)
    law = [run for run in deadlines.compute(own.events) if run.clock in STATUTORY]
    return {
        "number": own.report.number,
        "agency": own.report.owner_agency.name,
        "status": own.report.status,
        "received_at": moment(own.report.received_at),
        "statutory": [{"clock": run.clock.value, "due_at": moment(run.due_at)} for run in law],
        "consent": {"parts": given.data["consent"], "at": moment(given.acted_at), "event": given.hash.hex()},
        "taken": {"at": moment(now), "events": own.report.event_count, "head": bytes(own.report.head_hash).hex()},
    }


@dataclass(slots=True)
class _Writer:
    """A ZIP that grows, with the hash of all that is in it."""

    read_file: Reader
    held: IO[bytes] = field(default_factory=lambda: SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    listed: list[dict[str, Any]] = field(default_factory=list)
    archive: ZipFile = field(init=False)

    def __post_init__(self) -> None:
        self.archive = ZipFile(self.held, "w", ZIP_DEFLATED)

    def add(self, path: str, content: bytes) -> None:
        """Write a piece that is in memory."""
        self._write(path, iter((content,)))

    def copy(self, path: str, file: File) -> None:
        """Write a stored file, piece by piece."""
        self._write(path, self.read_file(file.key))

    def _write(self, path: str, pieces: Iterator[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self.archive.open(ZipInfo(path, _EPOCH), "w") as target:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        self.listed.append({"path": path, "sha256": digest.hexdigest(), "size": size})

    def drop(self) -> None:
        """Leave nothing of it on the disk."""
        with suppress(ValueError):  # a piece was being written
            self.archive.close()
        self.held.close()

    def close(self, manifest: dict[str, Any]) -> IO[bytes]:
        """Write the manifest last, with the hashes of all else, and return the file from its beginning."""
        content = json.dumps(manifest | {"files": self.listed}, ensure_ascii=False, indent=2, sort_keys=True)
        self.archive.writestr(ZipInfo("manifest.json", _EPOCH), content)
        self.archive.close()
        self.held.seek(0)
        return self.held
