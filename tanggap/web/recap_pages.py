"""What pages of recaps share, whoever reads them: a period in words, a file as an answer."""

from django.http import HttpResponse

from tanggap.adapters.outbound import recap_files, recap_names
from tanggap.domain.recaps import Size, Stretch


def called(name: str) -> str:
    """Return a period in words: "Tahun 2026", "Oktober 2026", a week with its days."""
    stretch = Stretch.named(name)
    said = {
        "size": stretch.size.value,
        "first": stretch.days.first.isoformat(),
        "until": stretch.days.last.isoformat(),
    }
    words = recap_names.stretch(said)
    return f"{words} ({recap_names.days(said)})" if stretch.size == Size.WEEK else words


def given(made: bytes, slug: str, period: str, kind: str) -> HttpResponse:
    """Return a file as an answer."""
    answer = HttpResponse(made, content_type=recap_files.MEDIA_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{recap_files.name(slug, period, kind)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
