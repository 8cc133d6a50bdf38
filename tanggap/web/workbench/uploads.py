"""Evidence on its way in: staged by this door, and carried through a form that has to be shown again.

What is staged already travels in a hidden field, signed and bound to one officer and one report. What
is taken out of the list is left to the sweep.
"""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tanggap.adapters.scanning import staging
from tanggap.domain.attachments import MOST_FILES, FileKind
from tanggap.domain.intake import StagedFile
from tanggap.web import wording

FIELD: Final = "files"
KEPT: Final = "lampiran_tersimpan"
REMOVED: Final = "hapus_lampiran"
_SALT: Final = "tanggap.workbench.files"
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
        """Return the files as the service takes them: pictures are shown to the public where the officer says so."""
        return tuple(replace(file, is_publishable=is_public and file.kind == FileKind.IMAGE) for file in self.files)


def take(request: HttpRequest, *, binding: str) -> Basket:
    """Return the files of a posted form, the new ones staged; too many are refused before any is looked at."""
    kept, troubles = _kept(request, binding)
    uploads = request.FILES.getlist(FIELD)
    if len(kept) + len(uploads) > MOST_FILES:
        words = _("Paling banyak %(most)d berkas; Anda memilih %(found)d.")
        return Basket(kept, (*troubles, words % {"most": MOST_FILES, "found": len(kept) + len(uploads)}))
    made: list[StagedFile] = []
    for upload in uploads:
        try:
            staged = staging.stage(
                upload, root=settings.ATTACHMENTS_DIR, least_free=settings.ATTACHMENTS_LEAST_FREE_BYTES
            )
        except staging.RefusedError as error:
            troubles.append(f"{(upload.name or '')[:_LONGEST_NAME_SHOWN]}: {wording.FILE_REFUSAL[error.reason]}")
            continue
        made.append(
            StagedFile(
                key=staged.key,
                sha256=staged.sha256.hex(),
                size=staged.size,
                media_type=staged.media_type,
                kind=staged.kind.value,
                name=staged.name,
            )
        )
    return Basket((*kept, *made), tuple(troubles))


def _kept(request: HttpRequest, binding: str) -> tuple[tuple[StagedFile, ...], list[str]]:
    text = request.POST.get(KEPT, "")
    if not text:
        return (), []
    expired = _("Lampiran yang tadi dipilih sudah kedaluwarsa. Pilih lagi.")
    try:
        rows = signing.loads(text, salt=f"{_SALT}:{binding}", max_age=_KEPT_FOR)
    except signing.BadSignature:
        return (), [expired]
    removed = set(request.POST.getlist(REMOVED))
    wanted = [file for file in (StagedFile(**row) for row in rows) if file.key not in removed]
    there = tuple(file for file in wanted if _is_there(file.key))
    return there, [expired] if len(there) < len(wanted) else []


def _is_there(key: str) -> bool:
    try:
        staging.open_for_reading(settings.ATTACHMENTS_DIR, key).close()
    except FileNotFoundError:
        return False
    return True
