"""The self-assessment of an agency: its admin fills it in, sends it, and may object to the result."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import AgencyAdmin
from tanggap.domain.assessments import Act, Fault, State, decide
from tanggap.selectors import assessment_results, recommendations
from tanggap.selectors import assessments as selectors
from tanggap.selectors.assessments import Sight
from tanggap.services import assessments
from tanggap.services.accounts import office_day
from tanggap.services.assessments import AssessmentError
from tanggap.web import assessing, files, recommending, uploads, wording_assessment
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors
from tanggap.web.workbench.widgets import ManyFilesInput

_BACK: Final = "/meja/penilaian"
_EMPTY: Final = uploads.Basket()


class EvidenceForm(forms.Form):
    """Files, and the criterion that they are about."""

    use_required_attribute = False

    def __init__(self, sight: Sight, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(code, wording_assessment.spoken(one.words)) for code, one in sight.form.criteria.items()]
        self.fields["criterion"] = forms.ChoiceField(
            label=lazy("Untuk kriteria"),
            required=False,
            choices=[("", lazy("Pilih kriteria")), *rows],
            error_messages={"invalid_choice": lazy("Pilih kriteria dari daftar.")},
        )
        self.fields["files"] = forms.FileField(
            label=lazy("Berkas bukti"),
            help_text=lazy("PDF atau gambar, paling banyak 5 sekali unggah."),
            required=False,
            widget=ManyFilesInput(attrs={"accept": "application/pdf,image/*", "multiple": True}),
        )


@officer_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the assessments of the own agency."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, today = admin(request, now), office_day(now)
    rows = [
        {
            "href": f"{_BACK}/{row.round_id}",
            "name": wording_assessment.spoken(assessment_results.form_of(row.round).names),
            "year": row.round.year,
            "body": row.round.body.name,
            "due_on": row.round.due_on,
            "state": assessing.state(State(row.state), row.round.due_on, today=today),
            "result": assessing.result_of(row),
        }
        for row in selectors.of_agency(viewer=viewer)
    ]
    return render(request, "workbench/assessments.html", {"rows": rows})


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: HttpRequest, number: int) -> HttpResponse:
    """Show the form of the own agency; save it, send it, take a file out, or object to what was told."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = admin(request, now)
    sight = _sight(viewer, number, now)
    if request.method != "POST":
        return _page(request, viewer, sight, now)
    form = _form(sight, request)
    evidence = EvidenceForm(sight, request.POST)
    if not (form.is_valid() and evidence.is_valid()):
        return _page(request, viewer, sight, now, form, evidence)
    basket = uploads.take(request, request.POST, binding=_binding(viewer, sight))
    for trouble in basket.troubles:
        evidence.add_error("files", trouble)
    if basket.troubles:
        return _page(request, viewer, sight, now, form, evidence, basket)
    try:
        done = _do(request, viewer, sight, form, evidence, basket, now)
    except AssessmentError as error:
        is_about_files = error.fault in {Fault.FILE_MISSING, Fault.TOO_MANY_FILES}
        if is_about_files:
            evidence.add_error("criterion", str(wording_assessment.FAULT[error.fault]))
        else:
            form.refuse(error)
        return _page(request, viewer, _sight(viewer, number, now), now, form, evidence, basket)
    messages.success(request, done)
    return redirect("workbench:assessment", number)


def _do(
    request: HttpRequest,
    viewer: AgencyAdmin,
    sight: Sight,
    form: assessing.AnswersForm,
    evidence: EvidenceForm,
    basket: uploads.Basket,
    now: datetime,
) -> str:
    """Do what was asked, and return the words that say so. Errors: AssessmentError.

    What was typed is saved before a file is looked at, so nothing is lost by it.
    """
    who: dict[str, Any] = {"actor": viewer, "assessment_id": sight.assessment.pk, "now": now}
    said = form.cleaned_data
    asked = request.POST.get("tindakan", "")
    if asked == "keberatan":
        assessments.act(act=Act.OBJECT, text=said["text"], **who)
        return _("Keberatan terkirim. Evaluator memutuskannya.")
    saved = assessments.act(act=Act.SAVE, answers=form.answers(), seen=said["seen"], **who)
    form.set_seen(saved.act_count)
    key = request.POST.get("lepas", "")
    if key.isascii() and key.isalnum():
        assessments.detach(key=key, **who)
        return _("Berkas dikeluarkan dari penilaian. Isian lain tersimpan.")
    if basket.files or evidence.cleaned_data["criterion"]:
        assessments.attach(criterion=evidence.cleaned_data["criterion"], files=basket.files, **who)
    if asked == "kirim":
        assessments.act(act=Act.SUBMIT, **who)
        return _("Penilaian mandiri terkirim. Evaluator memeriksanya.")
    return _("Isian tersimpan. Belum dikirim.")


def _form(sight: Sight, request: HttpRequest | None = None) -> assessing.AnswersForm:
    return assessing.AnswersForm(
        sight.form,
        sight.own,
        request.POST if request else None,
        text_label=lazy("Mengapa Anda keberatan?"),
        initial={"seen": sight.assessment.act_count},
    )


def _page(
    request: HttpRequest,
    viewer: AgencyAdmin,
    sight: Sight,
    now: datetime,
    form: assessing.AnswersForm | None = None,
    evidence: EvidenceForm | None = None,
    basket: uploads.Basket = _EMPTY,
) -> HttpResponse:
    today = office_day(now)
    may_fill = decide(Act.SAVE, viewer, sight.standing, today=today) is None
    may_object = decide(Act.OBJECT, viewer, sight.standing, today=today) is None
    shown = form or _form(sight)
    place = f"{_BACK}/{sight.assessment.round_id}"
    page = assessing.heading(sight) | {
        "state": assessing.state(State(sight.assessment.state), sight.standing.due_on, today=today),
        "parts": assessing.parts(sight, shown if may_fill else None, file_href=f"{place}/berkas"),
        "history": assessing.history(sight),
        "form": shown,
        "evidence": evidence or EvidenceForm(sight),
        "kept": basket.signed(_binding(viewer, sight)),
        "kept_files": basket.files,
        "may_fill": may_fill,
        "again": recommending.asked_again(
            recommendations.asked_again(sight.assessment) if may_fill else [],
            place=f"{_BACK}/rekomendasi",
            today=today,
        ),
        "may_object": may_object,
    }
    return render(request, "workbench/assessment.html", page, status=200 if form is None else 422)


@officer_required
@require_safe
def file(request: HttpRequest, number: int, key: str) -> HttpResponseBase:
    """Give a file of the own assessment."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = admin(request, now)
    try:
        row = selectors.file(viewer=viewer, round_id=number, agency_id=viewer.agency_id, key=key)
    except selectors.NotFoundError as error:
        raise Http404 from error
    return files.serve(key=row.key, media_type=row.media_type, name=row.name)


def _binding(viewer: AgencyAdmin, sight: Sight) -> str:
    return f"penilaian:{sight.assessment.pk}:{viewer.user_id}"


def admin(request: HttpRequest, now: datetime) -> AgencyAdmin:
    """Return the admin of the own agency; for everybody else there is no such page."""
    viewer = doors.officer(request, now)
    if not isinstance(viewer, AgencyAdmin):
        raise Http404
    return viewer


def _sight(viewer: AgencyAdmin, number: int, now: datetime) -> Sight:
    try:
        return selectors.get(viewer=viewer, round_id=number, agency_id=viewer.agency_id, now=now, on=office_day(now))
    except selectors.NotFoundError as error:
        raise Http404 from error
