"""Every table of the product, by aggregate. Importing this package registers them all for migrations."""

from flows.models.assessment import Answer, AnswerChange, Assessment
from flows.models.audit import AuditEntry
from flows.models.broadcast import Announcement
from flows.models.chat import ChatState, Draft, SeenUpdate, UnmetQuestion
from flows.models.outbox import ChatPace, DemoClock, Gate, Job, Outbox
from flows.models.people import Agency, Invite, JoinRequest, Membership, Person, Secret, Unit, UnitRequest
from flows.models.readiness import EligibilityAnswer, IndicatorMark, Survey
from flows.models.schedule import Deadline

__all__ = [
    "Agency",
    "Announcement",
    "Answer",
    "AnswerChange",
    "Assessment",
    "AuditEntry",
    "ChatPace",
    "ChatState",
    "Deadline",
    "DemoClock",
    "Draft",
    "EligibilityAnswer",
    "Gate",
    "IndicatorMark",
    "Invite",
    "Job",
    "JoinRequest",
    "Membership",
    "Outbox",
    "Person",
    "Secret",
    "SeenUpdate",
    "Survey",
    "Unit",
    "UnitRequest",
    "UnmetQuestion",
]
