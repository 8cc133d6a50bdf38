"""Bring a sheet in: see what each row would become or how to mend it, let the good ones in, mend the rest."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.adapters import imports as files
from tanggap.adapters.outbound import sheets
from tanggap.domain import imports as rules
from tanggap.domain.actors import Officer
from tanggap.domain.exports import Format
from tanggap.domain.imports import TO_MEND, Kind, LetterColumn, SheetError, SheetFault, State
from tanggap.selectors import agencies
from tanggap.selectors import bulk as jobs
from tanggap.selectors import imports as selectors
from tanggap.selectors.bulk import Job
from tanggap.services import imports
from tanggap.services.import_rows import CATEGORY, OFFICE, Sheet
from tanggap.web import wording_imports
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, import_lines, lists
from tanggap.web.workbench.forms_import import MOST_NAMES, ImportForm, MeaningForm, kinds_for

_SIZE: Final = 50
_DIGITS: Final = 9
_MOST_LOOKED: Final = 500
# What is listed, by the code in the address.
_LISTS: Final = {
    "perbaiki": TO_MEND,
    "siap": (State.GOOD,),
    "terimpor": (State.DONE,),
    "pernah": (State.KNOWN,),
}


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Ask for a sheet, and judge it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = _clerk(request, now)
    form = ImportForm(request.POST or None, request.FILES or None, viewer=viewer)
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES, viewer=viewer)
        if form.is_valid() and (job := _take(form, viewer, now)):
            return redirect("workbench:import", job.key)
    page = {
        "form": form,
        "kind_hints": {kind.value: wording_imports.KIND_HELP[kind] for kind in kinds_for(viewer)},
        "columns": [(column.value, wording_imports.COLUMN_HELP[column]) for column in LetterColumn],
        "jobs": [(job, _kind_words(job)) for job in jobs.latest(viewer=viewer, kind=imports.CHECK)],
        "most_megabytes": settings.IMPORT_MOST_BYTES // (1024 * 1024),
        "most_rows": settings.IMPORT_MOST_ROWS,
        "formats": [kind.value for kind in Format],
    }
    return render(request, "workbench/import.html", page, status=422 if request.method == "POST" else 200)


def _clerk(request: HttpRequest, now: datetime) -> Officer:
    """Return who brings in; whoever brings in nothing finds no such page."""
    viewer = doors.officer(request, now)
    if not kinds_for(viewer):
        raise Http404
    return viewer


def _kind_words(job: Job) -> str:
    return str(wording_imports.KIND[Kind(job.asked["what"])])


def _take(form: ImportForm, viewer: Officer, now: datetime) -> Job | None:
    """Read and judge a sheet; None, with the mistake in the form, where it is not taken."""
    kind, upload = Kind(form.cleaned_data["jenis"]), form.cleaned_data["berkas"]
    agency = form.cleaned_data.get("instansi") if kind is Kind.HISTORY else None
    folder, least_free = settings.IMPORTS_DIR, settings.ATTACHMENTS_LEAST_FREE_BYTES
    try:
        key, size = files.keep(folder, upload.chunks(), most_bytes=settings.IMPORT_MOST_BYTES, least_free=least_free)
        if size > rules.LARGEST_AT_ONCE:
            return imports.expect(actor=viewer, kind=kind, sheet=key, name=upload.name, now=now, agency_id=agency)
        taken = files.read(folder, key, most_rows=settings.IMPORT_MOST_ROWS)
    except SheetError as error:
        form.add_error("berkas", str(wording_imports.SHEET_FAULT[error.fault]))
        return None
    rows = partial(files.rows, settings.IMPORTS_DIR, taken.key)
    try:
        return imports.receive(
            actor=viewer,
            kind=kind,
            sheet=taken.key,
            name=upload.name,
            total=max(taken.count - 1, 0),
            rows=rows,
            now=now,
            agency_id=agency,
        )
    except SheetError as error:
        form.add_error("berkas", _words_of(error, kind, rows()))
    except imports.NotForYouError:
        form.add_error("jenis", _("Pilih isi lembar kerja."))
    files.remove(settings.IMPORTS_DIR, taken.key)
    return None


def _words_of(error: SheetError, kind: Kind, rows: Iterable[rules.SheetRow]) -> str:
    words = str(wording_imports.SHEET_FAULT[error.fault])
    if error.fault is not SheetFault.NO_HEADINGS:
        return words
    first = [row.cells for row, _place in zip(rows, range(rules.MOST_ABOVE), strict=False)]
    return words % {"missing": ", ".join(rules.missing(kind, first))}


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Show how the rows of a sheet stand; a POST takes the good ones in."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, job = _job(request, key, now)
    if request.method == "POST":
        try:
            imports.begin(actor=viewer, key=key, now=now)
        except imports.NotForYouError as error:
            raise Http404 from error
        return redirect("workbench:import", key)
    return _page(request, viewer, job, now)


def _page(
    request: HttpRequest, viewer: Officer, job: Job, now: datetime, *, form: MeaningForm | None = None
) -> HttpResponse:
    counts, going = selectors.counts(job), selectors.going_on(job)
    chosen = request.GET.get("lihat", "")
    listed = chosen if chosen in _LISTS else _first(counts)
    after = request.GET.get("setelah", "")
    found = selectors.lines(
        job, _LISTS[listed], after=int(after) if after.isdecimal() and len(after) <= _DIGITS else 0, size=_SIZE
    )
    is_there = files.is_there(settings.IMPORTS_DIR, job.asked["sheet"])
    page = {
        "job": job,
        "going": going,
        "kind": _kind_words(job),
        "is_judging": job.state in {"queued", "running"},
        "refusal": _refusal(job),
        "is_taking": going is not None and going.state in {"queued", "running"},
        "has_failed": job.state == "failed" or (going is not None and going.state == "failed"),
        "counts": [(wording_imports.STATE[state], counts[state]) for state in State if counts.get(state)],
        "good": counts.get(State.GOOD, 0) if going is None else 0,
        "done": counts.get(State.DONE, 0),
        "total": sum(counts.values()),
        "to_mend": sum(counts.get(state, 0) for state in TO_MEND),
        "tabs": [(code, words, code == listed) for code, words in _tabs(counts)],
        "lines": _shown(viewer, job, found[:_SIZE], now, is_there=is_there),
        "next": f"?lihat={listed}&setelah={found[_SIZE - 1].position}" if len(found) > _SIZE else "",
        "first": f"?lihat={listed}" if after else "",
        "columns": [{"label": _("Baris"), "number": True}, {"label": _("Judul")}, {"label": _("Keadaan")}],
        "is_there": is_there,
        "until": job.created_at + rules.KEPT,
        "meaning": form or (_meaning_form(viewer, job, now) if is_there and going is None else None),
        "formats": [kind.value for kind in Format],
    }
    status = 422 if form is not None else 200
    return _private(render(request, "workbench/import_sheet.html", page, status=status))


def _refusal(job: Job) -> str:
    """Say why nothing of a sheet was taken, where that is so."""
    if not (code := selectors.refusal(job)):
        return ""
    name = job.asked["sheet"]
    rows = files.rows(settings.IMPORTS_DIR, name) if files.is_there(settings.IMPORTS_DIR, name) else ()
    return _words_of(SheetError(SheetFault(code)), Kind(job.asked["what"]), rows)


def _first(counts: dict[State, int]) -> str:
    """Return which list is shown first: what is to be mended, else whatever there is."""
    return next((code for code, states in _LISTS.items() if any(counts.get(state) for state in states)), "siap")


def _tabs(counts: dict[State, int]) -> Iterator[tuple[str, str]]:
    words = {
        "perbaiki": _("Perlu diperbaiki"),
        "siap": _("Siap diimpor"),
        "terimpor": _("Terimpor"),
        "pernah": _("Sudah pernah diimpor"),
    }
    for code, states in _LISTS.items():
        if any(counts.get(state) for state in states):
            yield code, words[code]


def _shown(
    viewer: Officer, job: Job, found: Sequence[Any], now: datetime, *, is_there: bool
) -> list[import_lines.ShownLine]:
    known = selectors.known(viewer=viewer, found=found)
    if not found or not is_there:
        return [import_lines.shown(line, None, known) for line in found]
    made = imports.sheet_of(job, viewer, now)
    headings = _headings(job)
    with files.reader(settings.IMPORTS_DIR, job.asked["sheet"]) as at:
        rows = [at(line.place) for line in found]
    return [
        import_lines.shown(line, imports.read(made, headings, row), known, import_lines.title(made, headings, row))
        for line, row in zip(found, rows, strict=True)
    ]


def _headings(job: Job) -> tuple[str, ...]:
    rows = files.rows(settings.IMPORTS_DIR, job.asked["sheet"])
    headings, _body = imports.body_of(Kind(job.asked["what"]), rows)
    return headings


def _meaning_form(viewer: Officer, job: Job, now: datetime, data: Any = None) -> MeaningForm | None:
    """Return the form that asks what unknown names mean; None where every name is known."""
    wrong = selectors.lines(job, (State.BAD,), size=_MOST_LOOKED)
    if not wrong:
        return None
    made, headings = imports.sheet_of(job, viewer, now), _headings(job)
    with files.reader(settings.IMPORTS_DIR, job.asked["sheet"]) as at:
        names = imports.unknown_names(made, headings, (at(line.place) for line in wrong))
    choices = _choices(made)
    names = {what: said[:MOST_NAMES] for what, said in names.items() if what in choices}
    return MeaningForm(data, names=names, choices=choices) if names else None


def _choices(made: Sheet) -> dict[str, Sequence[tuple[Any, Any]]]:
    choices: dict[str, Sequence[tuple[Any, Any]]] = {CATEGORY: lists.of_categories()}
    if made.agency_id is not None:
        choices[OFFICE] = lists.of_unit_slugs(agencies.get(made.agency_id).slug, made.agency_id)
    return choices


@officer_required
@require_POST
def meanings(request: HttpRequest, key: str) -> HttpResponse:
    """Judge a sheet again with what its unknown names mean."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, job = _job(request, key, now)
    name = job.asked["sheet"]
    if not files.is_there(settings.IMPORTS_DIR, name) or selectors.going_on(job) is not None:
        raise Http404
    form = _meaning_form(viewer, job, now, request.POST)
    if form is None:
        return redirect("workbench:import", key)
    if not form.is_valid():
        return _page(request, viewer, job, now, form=form)
    said = {what: dict(known) for what, known in job.asked.get("meanings", {}).items()}
    for what, known in form.meanings().items():
        said.setdefault(what, {}).update(known)
    made = imports.receive(
        actor=viewer,
        kind=Kind(job.asked["what"]),
        sheet=name,
        name=job.asked["name"],
        total=job.total,
        rows=partial(files.rows, settings.IMPORTS_DIR, name),
        now=now,
        agency_id=job.asked["agency"],
        meanings=said,
    )
    return redirect("workbench:import", made.key)


@officer_required
@require_safe
def mend(request: HttpRequest, key: str, form: str) -> FileResponse:
    """Give the rows that were not taken back as a sheet, with what is wrong in a last column."""
    now = timezone.now()  # noqa: TID251 - a door
    _viewer, job = _job(request, key, now)
    kind = _format(form)
    if selectors.refusal(job) or not files.is_there(settings.IMPORTS_DIR, job.asked["sheet"]):
        raise Http404
    headings = _headings(job)
    return _file(kind, (*headings, _("Yang perlu diperbaiki")), _to_mend(job, len(headings)), "perbaiki", now)


def _to_mend(job: Job, width: int) -> Iterator[list[str]]:
    after = 0
    with files.reader(settings.IMPORTS_DIR, job.asked["sheet"]) as at:
        while found := selectors.lines(job, TO_MEND, after=after, size=_MOST_LOOKED):
            for line in found:
                cells = list(at(line.place).cells[:width])
                yield [*cells, *[""] * (width - len(cells)), "; ".join(import_lines.faults(line))]
            after = found[-1].position


@officer_required
@require_safe
def example(request: HttpRequest, what: str, form: str) -> FileResponse:
    """Give an empty sheet with the right headings; of letters with one row to learn from."""
    now = timezone.now()  # noqa: TID251 - a door
    _clerk(request, now)
    if what not in set(Kind):
        raise Http404
    kind = Kind(what)
    rows = [[rules.EXAMPLE_ROW.get(column, "") for column in LetterColumn]] if kind is Kind.LETTERS else []
    return _file(_format(form), rules.HEADINGS[kind], rows, f"contoh-{what}", now)


def _format(said: str) -> Format:
    if said not in set(Format):
        raise Http404
    return Format(said)


def _file(
    kind: Format, headings: Sequence[str], rows: Iterable[Sequence[str]], name: str, now: datetime
) -> FileResponse:
    file: Any = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    sheets.write(file, kind, headings, rows)
    file.seek(0)
    called = f"{name}-{timezone.localtime(now):%Y%m%d-%H%M}.{kind.value}"
    answer = FileResponse(file, as_attachment=True, filename=called, content_type=sheets.MEDIA_TYPES[kind])
    return _private(answer)


def _private[T: HttpResponse | FileResponse](response: T) -> T:
    patch_cache_control(response, private=True, no_store=True)
    return response


def _job(request: HttpRequest, key: str, now: datetime) -> tuple[Officer, Job]:
    viewer = _clerk(request, now)
    try:
        found = jobs.get(viewer=viewer, key=key)
    except jobs.NotFoundError as error:
        raise Http404 from error
    if found.kind != imports.CHECK:
        raise Http404
    return viewer, found
