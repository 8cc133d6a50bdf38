"""A report: the projection of its events that pages and lists are read from, and the key it was handed in with."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CheckConstraint, Q

from tanggap.domain.lifecycle import OPEN, STATUSES, Holder, Status
from tanggap.domain.memos import WAITING
from tanggap.models.codes import one_of

_OPEN = sorted(status.value for status in OPEN)
_HELD_BY_ADMIN = sorted(status.value for status, spec in STATUSES.items() if spec.holder == Holder.ADMIN)
_HELD_BY_OFFICER = sorted(status.value for status, spec in STATUSES.items() if spec.holder == Holder.OFFICER)
_MEMO_WAITS = sorted(state.value for state in WAITING)


class Report(models.Model):
    """One report. Its truth is the chain of events; this row is a copy that `./run audit` compares."""

    number = models.CharField(max_length=9, unique=True)
    channel = models.TextField()
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField()

    status = models.TextField()
    previous_status = models.TextField(blank=True, default="")
    owner_agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="+")
    owner_unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    # The officer of that office who works on it; and whether it came back and waits for the next step.
    assignee = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    came_back = models.BooleanField(default=False)
    is_objected = models.BooleanField(default=False)  # its reporter says that it is not solved, and nobody has answered
    # Whose decision something waits for (`domain.awaited`), and who alone asks an admin for it.
    deciders = models.TextField(blank=True, default="")
    decision_asked_by = models.ForeignKey(
        "tanggap.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # An agency that has not said yet whether the report is its own, and those that had it before and read on.
    offered_agency = models.ForeignKey("tanggap.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    former_agency_ids = ArrayField(models.BigIntegerField(), default=list)
    part_of = models.CharField(max_length=9, blank=True, default="")  # the number of the report that was divided
    # Who helps the office that has it: other agencies, and units of its own agency.
    supporting_agency_ids = ArrayField(models.BigIntegerField(), default=list)
    supporting_unit_ids = ArrayField(models.BigIntegerField(), default=list)
    is_disputed = models.BooleanField(default=False)
    # The day of a promise that nobody has said to be kept, and whether it has come.
    promised_on = models.DateField(null=True)
    promise_asked = models.BooleanField(default=False)
    # Who wrote an answer that waits for a second look.
    held_answer_by = models.ForeignKey(
        "tanggap.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Where the memo (nota dinas) of its answer stands, and who wrote it.
    memo_state = models.TextField(blank=True, default="")
    memo_by = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    # The report that leads the cluster of which this one is a member; how many follow this one.
    cluster_lead = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="members", db_index=False
    )
    member_count = models.SmallIntegerField(default=0)
    # A member whose next step is the lead's: no work of its own. Kept by the database (ADR 0042).
    goes_along = models.BooleanField(default=False)
    destination = models.ForeignKey("tanggap.Agency", null=True, on_delete=models.PROTECT, related_name="+")

    title = models.TextField()
    desk_title = models.TextField(blank=True, default="")  # without what was marked in it; '' where nothing was
    classification = models.TextField()
    supervisory = models.BooleanField(null=True)
    category = models.ForeignKey("tanggap.Category", null=True, on_delete=models.PROTECT, related_name="+")
    urgency = models.TextField(blank=True, default="")
    urgency_rank = models.SmallIntegerField(default=1)  # 0 goes first
    event_date = models.DateField(null=True)
    area = models.ForeignKey("tanggap.Area", null=True, on_delete=models.PROTECT, related_name="+")
    language = models.TextField(default="id")

    is_anonymous = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    is_published = models.BooleanField(default=False)

    assigned_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing = models.TextField(blank=True, default="")
    outcome = models.TextField(blank=True, default="")
    outcome_on = models.DateField(null=True)
    archive_reason = models.TextField(blank=True, default="")
    reopen_count = models.SmallIntegerField(default=0)
    return_count = models.SmallIntegerField(default=0)
    extension_count = models.SmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True)  # to the Ombudsman; null once the consent is withdrawn
    handover_accepted_at = models.DateTimeField(null=True)  # by the Ombudsman
    reopen_asked_at = models.DateTimeField(null=True)  # by an overseer, of the national admin; null once decided
    rating = models.SmallIntegerField(null=True)
    solved = models.TextField(blank=True, default="")

    due_at = models.DateTimeField(null=True)  # of the clock that runs out first
    due_clock = models.TextField(blank=True, default="")
    is_overdue = models.BooleanField(default=False)  # set by a job when the due moment passes

    # When what is in progress last moved, and whether that is too long ago (set by a job).
    progress_at = models.DateTimeField(null=True)
    is_stale = models.BooleanField(default=False)

    event_count = models.IntegerField()
    head_hash = models.BinaryField(max_length=32)
    last_acted_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("status", Status, name="report_status_known"),
            CheckConstraint(
                name="report_open_has_a_running_clock",
                condition=~Q(status__in=_OPEN) | Q(due_at__isnull=False, due_clock__gt=""),
            ),
            CheckConstraint(name="report_over_has_no_due_date", condition=Q(status__in=_OPEN) | Q(due_at__isnull=True)),
            CheckConstraint(
                name="report_pending_knows_the_way_back",
                condition=~Q(status=Status.PENDING.value) | Q(previous_status__gt=""),
            ),
            CheckConstraint(
                name="report_answered_has_an_outcome",
                condition=~Q(status=Status.ANSWERED.value) | Q(outcome__gt="", answered_at__isnull=False),
            ),
            CheckConstraint(
                name="report_assigned_was_verified",
                condition=~Q(status__in=["assigned", "in_progress", "answered"]) | Q(assigned_at__isnull=False),
            ),
            CheckConstraint(
                name="report_archived_has_a_reason",
                condition=~Q(status=Status.ARCHIVED.value) | Q(archive_reason__gt=""),
            ),
            CheckConstraint(
                name="report_confidential_is_not_published",
                condition=Q(is_confidential=False) | Q(is_published=False),
            ),
            CheckConstraint(
                name="report_rating_one_to_five", condition=Q(rating__isnull=True) | Q(rating__range=(1, 5))
            ),
            CheckConstraint(
                name="report_merged_leads_none", condition=Q(cluster_lead__isnull=True) | Q(member_count=0)
            ),
            CheckConstraint(
                name="report_stale_is_in_progress", condition=Q(is_stale=False) | Q(progress_at__isnull=False)
            ),
            CheckConstraint(name="report_was_written_down", condition=Q(event_count__gte=1)),
        ]
        indexes = [
            # What is owed, by due date and urgency: open work only, so it stays small.
            models.Index(
                fields=["owner_agency", "due_at", "urgency_rank", "id"],
                name="report_owed_agency",
                condition=Q(status__in=_OPEN),
            ),
            models.Index(
                fields=["owner_unit", "due_at", "urgency_rank", "id"],
                name="report_owed_unit",
                condition=Q(status__in=_OPEN),
            ),
            models.Index(
                fields=["due_at", "urgency_rank", "id"], name="report_owed_all", condition=Q(status__in=_OPEN)
            ),
            # What an admin owes: what nobody has verified, and what no unit has been given.
            models.Index(
                fields=["owner_agency", "due_at", "urgency_rank", "id"],
                name="report_owed_admin",
                condition=Q(status__in=_HELD_BY_ADMIN) | Q(owner_unit__isnull=True, status__in=_HELD_BY_OFFICER),
            ),
            # The board of what is late: only that, and all that it counts by, so that no row has to be read.
            models.Index(
                fields=["owner_agency", "owner_unit", "due_clock", "due_at"],
                include=["status", "id"],
                name="report_late",
                condition=Q(is_overdue=True),
            ),
            # The lists of what is late, and of what does not move, in their order.
            models.Index(
                fields=["owner_agency", "due_at", "urgency_rank", "id"],
                name="report_overdue",
                condition=Q(is_overdue=True),
            ),
            models.Index(
                fields=["due_at", "urgency_rank", "id"], name="report_overdue_all", condition=Q(is_overdue=True)
            ),
            models.Index(fields=["due_at", "urgency_rank", "id"], name="report_stale_all", condition=Q(is_stale=True)),
            models.Index(
                fields=["offered_agency", "due_at", "urgency_rank", "id"],
                name="report_offered",
                condition=Q(offered_agency__isnull=False),
            ),
            models.Index(
                fields=["due_at", "urgency_rank", "id"], name="report_disputed", condition=Q(is_disputed=True)
            ),
            models.Index(
                fields=["-last_acted_at", "-id"], name="report_reopen_asked", condition=Q(reopen_asked_at__isnull=False)
            ),
            models.Index(
                fields=["assignee", "due_at", "urgency_rank", "id"],
                name="report_assigned_to",
                condition=Q(assignee__isnull=False),
            ),
            models.Index(fields=["due_at", "urgency_rank", "id"], name="report_came_back", condition=Q(came_back=True)),
            models.Index(
                fields=["owner_agency", "due_at", "urgency_rank", "id"],
                name="report_objected",
                condition=Q(is_objected=True),
            ),
            models.Index(
                fields=["owner_agency", "due_at", "urgency_rank", "id"],
                name="report_to_decide",
                condition=Q(deciders__gt=""),
            ),
            models.Index(
                fields=["owner_agency", "due_at", "urgency_rank", "id"],
                name="report_held_answer",
                condition=Q(held_answer_by__isnull=False),
            ),
            # Memos that wait: for who signs them, or for who wrote them.
            models.Index(
                fields=["owner_agency", "due_at", "urgency_rank", "id"],
                name="report_memo",
                condition=Q(memo_state__in=_MEMO_WAITS),
            ),
            models.Index(fields=["part_of", "id"], name="report_part_of", condition=~Q(part_of="")),
            GinIndex(
                fields=["supporting_agency_ids"], name="report_helped_agency", condition=~Q(supporting_agency_ids=[])
            ),
            GinIndex(fields=["supporting_unit_ids"], name="report_helped_unit", condition=~Q(supporting_unit_ids=[])),
            models.Index(
                fields=["owner_agency", "-last_acted_at", "-id"],
                name="report_promise_late",
                condition=Q(promise_asked=True),
            ),
            models.Index(
                fields=["owner_agency", "due_at", "urgency_rank", "id"],
                name="report_stale",
                condition=Q(is_stale=True),
            ),
            models.Index(
                fields=["progress_at", "id"],
                name="report_standing",
                condition=Q(is_stale=False, progress_at__isnull=False),
            ),
            models.Index(fields=["promised_on", "id"], name="report_promised", condition=Q(promised_on__isnull=False)),
            GinIndex(fields=["former_agency_ids"], name="report_former", condition=~Q(former_agency_ids=[])),
            models.Index(
                fields=["-handed_over_at", "-id"], name="report_handed_over", condition=Q(handed_over_at__isnull=False)
            ),
            models.Index(fields=["cluster_lead"], name="report_cluster", condition=Q(cluster_lead__isnull=False)),
            # What may be the same matter: of one district and a few weeks.
            models.Index(
                fields=["area", "received_at"],
                name="report_place_time",
                opclasses=["text_pattern_ops", "timestamptz_ops"],
            ),
            models.Index(fields=["owner_agency", "status", "-last_acted_at", "-id"], name="report_agency_status"),
            models.Index(fields=["owner_unit", "status", "-last_acted_at", "-id"], name="report_unit_status"),
            models.Index(fields=["status", "-last_acted_at", "-id"], name="report_status_recent"),
            models.Index(fields=["owner_agency", "-last_acted_at", "-id"], name="report_agency_recent"),
            models.Index(fields=["owner_unit", "-last_acted_at", "-id"], name="report_unit_recent"),
            models.Index(fields=["-last_acted_at", "-id"], name="report_recent"),
        ]

    def __str__(self) -> str:
        return self.number


class NamedParty(models.Model):
    """An officer or a unit that a report is about: excluded from it (UU 25/2009 Ps 47-49)."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="named")
    user = models.ForeignKey("tanggap.User", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            CheckConstraint(
                name="named_party_is_one",
                condition=Q(user__isnull=False, unit__isnull=True) | Q(user__isnull=True, unit__isnull=False),
            ),
            models.UniqueConstraint(fields=["report", "user", "unit"], name="named_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.user_id or self.unit_id}"


class Intake(models.Model):
    """The key under which a browser handed a report in: a second try finds the first (REQ-46)."""

    key_hash = models.BinaryField(max_length=32, unique=True)
    # Of what came from a sheet: the keyed hash of the row without the person; other words under one number are known.
    content_hash = models.BinaryField(max_length=32, null=True)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="intake")

    def __str__(self) -> str:
        return str(self.report_id)
