"""Files on their way in: staged by this door, carried through a form that has to be shown again, never twice.

What is staged already travels in a hidden field: signed, bound to whom the door says (one browser and one
form, or one officer and one report), and good for some hours. A file that is taken out of the list is left
to the sweep: the same list could be posted again after the report was stored, and must never remove what
is evidence by then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tanggap.adapters.scanning import staging
from tanggap.domain.attachments import MOST_FILES, FileKind, Refusal
from tanggap.domain.intake import StagedFile
from tanggap.selectors import attachments
from tanggap.web import wording

FIELD: Final = "files"
KEPT: Final = "lampiran_tersimpan"
REMOVED: Final = "hapus_lampiran"
PUBLIC_KEPT: Final = "publik"
PUBLIC_NEW: Final = "publik_baru"
PUBLIC_ALL: Final = "publik_semua"
_SALT: Final = "tanggap.files"
_KEPT_FOR: Final = timedelta(hours=6)
_LONGEST_NAME_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Basket:
    """The files of a form: what is safely staged, and in words why others were not taken."""

    files: tuple[StagedFile, ...] = ()
    troubles: tuple[str, ...] = ()

    def signed(self, binding: str) -> str:
        """Return the staged files as the text of a hidden field; '' without any."""
        return signing.dumps([asdict(file) for file in self.files], salt=f"{_SALT}:{binding}") if self.files else ""

    def published(self, *, is_public: bool) -> tuple[StagedFile, ...]:
        """Return the files with one answer for all pictures: shown to the public, or not."""
        return tuple(replace(file, is_publishable=is_public and file.kind == FileKind.IMAGE) for file in self.files)


def take(request: HttpRequest, data: QueryDict, *, binding: str) -> Basket:
    """Return the files of a posted form, the new ones staged.

    `binding`: what ties the hidden list to its browser and form, or to its officer and report. More than five
    files are refused before any of the new ones is looked at.
    """
    kept, troubles = _kept(data, binding)
    uploads = request.FILES.getlist(FIELD)
    if len(kept) + len(uploads) > MOST_FILES:
        found = len(kept) + len(uploads)
        words = _("Paling banyak %(most)d berkas; Anda memilih %(found)d.") % {"most": MOST_FILES, "found": found}
        return Basket(kept, (*troubles, words))
    made, more = _stage(uploads, data)
    return Basket((*kept, *made), (*troubles, *more))


def _stage(uploads: Sequence["UploadedFile[bytes]"], data: QueryDict) -> tuple[list[StagedFile], list[str]]:
    ticked, every = set(data.getlist(PUBLIC_NEW)), PUBLIC_ALL in data
    made, troubles = [], []
    for index, upload in enumerate(uploads):
        try:
            staged = staging.stage(
                upload, root=settings.ATTACHMENTS_DIR, least_free=settings.ATTACHMENTS_LEAST_FREE_BYTES
            )
        except staging.RefusedError as error:
            troubles.append(_named(upload.name or "", error.reason))
            continue
        made.append(
            StagedFile(
                key=staged.key,
                sha256=staged.sha256.hex(),
                size=staged.size,
                media_type=staged.media_type,
                kind=staged.kind.value,
                name=staged.name,
                is_publishable=staged.kind is FileKind.IMAGE and (every or str(index) in ticked),
            )
        )
    return made, troubles


def _named(name: str, reason: Refusal) -> str:
    shown = name if len(name) <= _LONGEST_NAME_SHOWN else f"{name[: _LONGEST_NAME_SHOWN - 1]}…"
    return f"{shown}: {wording.FILE_REFUSAL[reason]}"


def _kept(data: QueryDict, binding: str) -> tuple[tuple[StagedFile, ...], list[str]]:
    """Return what was staged before, less what is to be removed, with the ticks as they are now."""
    text = data.get(KEPT, "")
    if not text:
        return (), []
    expired = _("Lampiran yang tadi dipilih sudah kedaluwarsa. Pilih lagi.")
    try:
        rows = signing.loads(text, salt=f"{_SALT}:{binding}", max_age=_KEPT_FOR)
    except signing.BadSignature:
        return (), [expired]
    removed, public = set(data.getlist(REMOVED)), set(data.getlist(PUBLIC_KEPT))
    files = [StagedFile(**row) for row in rows]
    wanted = [file for file in files if file.key not in removed]
    there = [file for file in wanted if _is_there(file.key)]
    # Sent twice, and the first time came through: those are in the history already.
    stored = attachments.known_keys([file.key for file in there]) if there else set()
    fresh = [file for file in there if file.key not in stored]
    files_now = tuple(replace(file, is_publishable=_is_public(file, public)) for file in fresh)
    return files_now, [expired] if len(there) < len(wanted) else []


def _is_public(file: StagedFile, ticked: Iterable[str]) -> bool:
    return file.kind == FileKind.IMAGE and file.key in ticked


def _is_there(key: str) -> bool:
    try:
        staging.open_for_reading(settings.ATTACHMENTS_DIR, key).close()
    except FileNotFoundError:
        return False
    return True
