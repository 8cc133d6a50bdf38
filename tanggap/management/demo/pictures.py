"""Files of the demonstration: sketches that stand for photographs, labelled as examples, and the paper of memos."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import Image, ImageDraw

from tanggap.adapters.outbound import paper
from tanggap.adapters.scanning import staging
from tanggap.domain.intake import StagedFile
from tanggap.domain.memos import Signature
from tanggap.management.demo.corpus import day_in_words
from tanggap.services.memos import Wanted

# The shape of the gallery: a picture that is cut at its sides would begin with "ONTOH".
WIDTH, HEIGHT = 640, 480
# name: (sky, ground, what is drawn before, what is drawn after)
SCENES: Final = {
    "jalan": ("#cfe3f2", "#6b6b70", "lubang", "rata"),
    "lampu": ("#26324d", "#3b3b42", "padam", "menyala"),
    "sampah": ("#d8e6d2", "#8a7f6a", "tumpukan", "bersih"),
    "air": ("#c6dcec", "#7d6a4f", "genangan", "kering"),
    "gedung": ("#dfe7ef", "#9a9a90", "retak", "utuh"),
    "loket": ("#efe8da", "#b7aa90", "antre", "lancar"),
}


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A drawing in the shape of an upload."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def chunks(self) -> Iterator[bytes]:
        yield self.content


class Album:
    """Stages each sketch once, and gives a further file of the same content for every report that shows it."""

    def __init__(self, root: Path, *, least_free: int) -> None:
        self._root, self._least_free = root, least_free
        self._staged: dict[tuple[str, bool], staging.Staged] = {}
        self.count = 0

    def give(self, scene: str, *, is_after: bool) -> StagedFile:
        """Return a staged file of a scene, before or after the work; raises staging.RefusedError."""
        known = self._staged.get((scene, is_after))
        if known is None:
            known = self._staged[scene, is_after] = staging.stage(
                draw(scene, is_after=is_after), root=self._root, least_free=self._least_free
            )
        else:
            known = staging.again(known, root=self._root)
        self.count += 1
        return _file(known, is_publishable=True)

    def memo(self, wanted: Wanted, *, agency: str, unit: str, at: datetime) -> tuple[StagedFile, Signature]:
        """Make the paper of a memo and store it; it bears no electronic signature."""
        sheet = paper.MemoSheet(
            site=settings.SITE_NAME,
            demo="Data contoh (sintetis)",
            agency=agency,
            unit=unit,
            title="Nota Dinas",
            heads=(
                ("Nomor", wanted.number),
                ("Tanggal", day_in_words(wanted.on)),
                ("Kepada Yth.", wanted.move.addressee),
                ("Dari", unit),
                ("Hal", wanted.move.subject),
            ),
            paragraphs=(wanted.move.text,),
            attachments_title="Lampiran",
            attachments=wanted.attachments,
            signed=(unit, "Disetujui dalam aplikasi, tanpa tanda tangan elektronik."),
            footer=f"Nota Dinas {wanted.number} · {settings.SITE_NAME}",
        )
        kept = staging.keep(
            paper.memo_pdf(sheet, made_at=at),
            f"nota-dinas-{wanted.report.number}.pdf",
            root=self._root,
            least_free=self._least_free,
        )
        return _file(kept, is_publishable=False), Signature("none")

    def link(self, key: str) -> str:
        """Return a second key of a stored file."""
        return staging.link(key, root=self._root)

    def read(self, key: str) -> Iterator[bytes]:
        """Give a stored file's bytes."""
        with staging.open_for_reading(self._root, key) as file:
            yield file.read()


def _file(known: staging.Staged, *, is_publishable: bool) -> StagedFile:
    return StagedFile(
        key=known.key,
        sha256=known.sha256.hex(),
        size=known.size,
        media_type=known.media_type,
        kind=known.kind.value,
        name=known.name,
        is_publishable=is_publishable,
    )


def draw(scene: str, *, is_after: bool) -> _Drawing:
    """Return a sketch as a JPEG."""
    sky, ground, *states = SCENES[scene]
    image = Image.new("RGB", (WIDTH, HEIGHT), sky)
    pen = ImageDraw.Draw(image)
    pen.polygon([(0, HEIGHT), (WIDTH, HEIGHT), (WIDTH - 140, 190), (140, 190)], fill=ground)
    _SKETCHES[scene](pen, is_after)
    state = states[1] if is_after else states[0]
    when = "sesudah" if is_after else "sebelum"
    pen.rectangle((0, 0, WIDTH, 58), fill="#ffffff")
    pen.text((40, 10), f"CONTOH - {when}: {scene}, {state}", fill="#1c1c1c", font_size=28)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return _Drawing(f"contoh-{scene}-{when}.jpg", out.getvalue())


def _road(pen: ImageDraw.ImageDraw, is_after: bool) -> None:
    for top in range(210, 410, 50):
        pen.rectangle((312, top, 328, top + 26), fill="#f4f4f0")
    for left, top, size in () if is_after else ((210, 300, 90), (380, 250, 60), (330, 350, 110)):
        pen.ellipse((left, top, left + size, top + size // 3), fill="#2d2a28", outline="#d9c7a0", width=4)


def _lamp(pen: ImageDraw.ImageDraw, is_after: bool) -> None:
    for left in (130, 320, 510):
        pen.rectangle((left, 110, left + 8, 320), fill="#9aa3b5")
        pen.rectangle((left - 24, 100, left + 32, 114), fill="#9aa3b5")
        if is_after:
            pen.polygon([(left - 20, 114), (left + 28, 114), (left + 90, 320), (left - 84, 320)], fill="#f6e7a3")


def _waste(pen: ImageDraw.ImageDraw, is_after: bool) -> None:
    pen.rectangle((400, 220, 520, 330), fill="#2f7d4a")
    for at in () if is_after else range(11):
        left, top = 90 + 27 * at, 300 - (at % 4) * 22
        pen.ellipse((left, top, left + 70, top + 54), fill=("#444", "#8b5a2b", "#5b6f8f")[at % 3])


def _water(pen: ImageDraw.ImageDraw, is_after: bool) -> None:
    pen.rectangle((60, 130, 200, 300), fill="#caa98a")
    pen.polygon([(45, 130), (215, 130), (130, 75)], fill="#a4503a")
    if not is_after:
        pen.polygon([(0, 270), (WIDTH, 270), (WIDTH, HEIGHT), (0, HEIGHT)], fill="#8a7a58")
        for top in range(290, 410, 24):
            pen.line((20, top, WIDTH - 20, top + 6), fill="#b6a780", width=4)


def _building(pen: ImageDraw.ImageDraw, is_after: bool) -> None:
    pen.rectangle((130, 130, 510, 340), fill="#e7d9b8")
    pen.polygon([(110, 130), (530, 130), (320, 70)], fill="#b5553c")
    for left in (170, 270, 370, 450):
        pen.rectangle((left, 190, left + 46, 250), fill="#7fa6bf")
    if not is_after:
        pen.line((320, 70, 300, 150, 340, 220, 310, 340), fill="#33251a", width=6)
        pen.polygon([(400, 92), (470, 112), (430, 130)], fill="#2a1d14")


def _counter(pen: ImageDraw.ImageDraw, is_after: bool) -> None:
    pen.rectangle((380, 180, 600, 330), fill="#6f5a3e")
    for at in range(2 if is_after else 9):
        left = 330 - 36 * at
        pen.ellipse((left, 200, left + 26, 226), fill="#d9a066")
        pen.rectangle((left, 228, left + 26, 310), fill="#3d5a80")


_SKETCHES: Final = {
    "jalan": _road,
    "lampu": _lamp,
    "sampah": _waste,
    "air": _water,
    "gedung": _building,
    "loket": _counter,
}
