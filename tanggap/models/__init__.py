"""Rows: columns and what must always hold, whatever the code does."""

from tanggap.models.accounts import Appointment, SignInDay, User
from tanggap.models.administration import AdministrationEntry, Decree, DecreeCover, UnitName
from tanggap.models.agencies import Agency, OversightEdge, Unit
from tanggap.models.answers import AnswerPrint
from tanggap.models.areas import Area
from tanggap.models.assessments import (
    Assessment,
    AssessmentAct,
    AssessmentFile,
    AssessmentPoint,
    AssessmentRound,
)
from tanggap.models.bulk import AccessLog, BulkJob, BulkLine, ImportLine, ReportTag
from tanggap.models.calendars import CalendarDay, CalendarVersion
from tanggap.models.categories import Category, CategoryGroup, RoutingRule
from tanggap.models.citizens import Citizen, Follow, Support
from tanggap.models.comments import Comment, CommentAct, CommentRule
from tanggap.models.counters import DeskCount, DeskDelta
from tanggap.models.deadlines import Deadline
from tanggap.models.doubles import ToldApart
from tanggap.models.drafts import Draft
from tanggap.models.duty import Absence
from tanggap.models.entrance import Device, Invitation
from tanggap.models.events import Attachment, Event, EventText
from tanggap.models.identities import ContactHash, Identity
from tanggap.models.indicators import (
    FrozenFigures,
    FrozenPeriod,
    IndicatorCell,
    IndicatorDue,
    IndicatorFact,
    IndicatorState,
    PeriodDue,
    SecretCell,
    SecretCount,
)
from tanggap.models.limits import RateWindow
from tanggap.models.maps import MapCount
from tanggap.models.memos import MemoNumber, MemoRule
from tanggap.models.messages import Message
from tanggap.models.moderation import ModerationMonth
from tanggap.models.notes import Mention, Note
from tanggap.models.open_data import GoneOut
from tanggap.models.policies import ExtensionRule, Policy, TimeLimit
from tanggap.models.presence import Presence
from tanggap.models.problems import Problem, ProblemAct, ProblemRule
from tanggap.models.publications import Publication
from tanggap.models.recaps import Recap, RecapFile
from tanggap.models.recommendations import Recommendation, RecommendationAct, RecommendationFile
from tanggap.models.record import Checkpoint, CheckpointStamp, LogEntry, LogNode, RecordKey
from tanggap.models.reference import ReferenceLoad
from tanggap.models.reports import Intake, NamedParty, Report
from tanggap.models.saved_views import SavedView
from tanggap.models.search import DeskSearch
from tanggap.models.short_messages import ShortMessage
from tanggap.models.templates import Template
from tanggap.models.unsent import UnsentForm

__all__ = [
    "Absence",
    "AccessLog",
    "AdministrationEntry",
    "Agency",
    "AnswerPrint",
    "Appointment",
    "Area",
    "Assessment",
    "AssessmentAct",
    "AssessmentFile",
    "AssessmentPoint",
    "AssessmentRound",
    "Attachment",
    "BulkJob",
    "BulkLine",
    "CalendarDay",
    "CalendarVersion",
    "Category",
    "CategoryGroup",
    "Checkpoint",
    "CheckpointStamp",
    "Citizen",
    "Comment",
    "CommentAct",
    "CommentRule",
    "ContactHash",
    "Deadline",
    "Decree",
    "DecreeCover",
    "DeskCount",
    "DeskDelta",
    "DeskSearch",
    "Device",
    "Draft",
    "Event",
    "EventText",
    "ExtensionRule",
    "Follow",
    "FrozenFigures",
    "FrozenPeriod",
    "GoneOut",
    "Identity",
    "ImportLine",
    "IndicatorCell",
    "IndicatorDue",
    "IndicatorFact",
    "IndicatorState",
    "Intake",
    "Invitation",
    "LogEntry",
    "LogNode",
    "MapCount",
    "MemoNumber",
    "MemoRule",
    "Mention",
    "Message",
    "ModerationMonth",
    "NamedParty",
    "Note",
    "OversightEdge",
    "PeriodDue",
    "Policy",
    "Presence",
    "Problem",
    "ProblemAct",
    "ProblemRule",
    "Publication",
    "RateWindow",
    "Recap",
    "RecapFile",
    "Recommendation",
    "RecommendationAct",
    "RecommendationFile",
    "RecordKey",
    "ReferenceLoad",
    "Report",
    "ReportTag",
    "RoutingRule",
    "SavedView",
    "SecretCell",
    "SecretCount",
    "ShortMessage",
    "SignInDay",
    "Support",
    "Template",
    "TimeLimit",
    "ToldApart",
    "Unit",
    "UnitName",
    "UnsentForm",
    "User",
]
