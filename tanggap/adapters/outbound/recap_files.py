"""The files of a recap: Indonesian, as the document of an Indonesian office is, whoever asked for them."""

import io
from typing import Any, Final

from django.utils import translation

from tanggap.adapters.outbound import recap_paper, recap_sheets, recap_words
from tanggap.adapters.outbound.recap_document import moment

MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def render(kind: str, said: dict[str, Any], mark: str, signed: dict[str, str]) -> bytes:
    """Return a file of a recap: pdf or xlsx, the same bytes each time."""
    with translation.override("id"):
        document = recap_words.document(said, mark, signed)
        made_at = moment(said["made_at"])
        if kind == "pdf":
            return recap_paper.pdf(document, made_at=made_at)
        sheet = io.BytesIO()
        recap_sheets.write(sheet, document, made_at=made_at)
        return sheet.getvalue()


def name(slug: str, period: str, kind: str) -> str:
    """Return what a file is called."""
    return f"rekap-{slug}-{period}.{kind}"
