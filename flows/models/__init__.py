"""Every table of the product, by aggregate. Importing this package registers them all for migrations."""

from flows.models.api import ApiToken
from flows.models.assess import TpiAssignment, TpiFinding, TpiNote, TpiRound
from flows.models.assessment import (
    ASSESSOR_SIDE,
    SERVICE_SIDE,
    UNIT_SIDE,
    Answer,
    AnswerChange,
    Assessment,
)
from flows.models.audit import AuditEntry, AuditSeal
from flows.models.board import BoardCursor, UnitStanding
from flows.models.broadcast import Announcement, AnnouncementReceipt
from flows.models.bulk import BulkImport, BulkPart, SharedEvidence, SharedVersion
from flows.models.chat import ChatState, Draft, SeenUpdate, UnmetQuestion
from flows.models.evidence import Evidence, EvidenceUse, EvidenceVersion, EvidenceWindow, StoredFile
from flows.models.groups import GroupClaim, GroupPlace, GroupTopic, LinkedGroup
from flows.models.importing import LkeImport
from flows.models.learning import AgencyEntry, EntryImport, TeamQuestion
from flows.models.outbox import ChatPace, DemoClock, Gate, Job, Outbox
from flows.models.pact import Launch, PactSheet, PactSigner
from flows.models.papers import LetterTemplate
from flows.models.people import Agency, Invite, JoinRequest, Membership, Person, Secret, Unit, UnitRequest
from flows.models.prepare import DrillCard, DrillEnrolment, DrillRound, Walk, WalkMark, WalkPhoto
from flows.models.readiness import EligibilityAnswer, IndicatorMark, Survey
from flows.models.registers import RegisterEntry, RegisterImport
from flows.models.reminding import (
    AgencyReminding,
    Escalation,
    Reminder,
    ReminderPref,
    ReminderRound,
    UnitReminding,
)
from flows.models.schedule import Deadline, StageOffset, UnitDuty
from flows.models.season import LheNote, SeasonRound, SeasonUnit, StageResult
from flows.models.work import (
    Endorsement,
    Handover,
    Intake,
    ItemWork,
    Meeting,
    MeetingPart,
    Pic,
    Task,
    TaskChange,
)

__all__ = [
    "ASSESSOR_SIDE",
    "SERVICE_SIDE",
    "UNIT_SIDE",
    "Agency",
    "AgencyEntry",
    "AgencyReminding",
    "Announcement",
    "AnnouncementReceipt",
    "Answer",
    "AnswerChange",
    "ApiToken",
    "Assessment",
    "AuditEntry",
    "AuditSeal",
    "BoardCursor",
    "BulkImport",
    "BulkPart",
    "ChatPace",
    "ChatState",
    "Deadline",
    "DemoClock",
    "Draft",
    "DrillCard",
    "DrillEnrolment",
    "DrillRound",
    "EligibilityAnswer",
    "Endorsement",
    "EntryImport",
    "Escalation",
    "Evidence",
    "EvidenceUse",
    "EvidenceVersion",
    "EvidenceWindow",
    "Gate",
    "GroupClaim",
    "GroupPlace",
    "GroupTopic",
    "Handover",
    "IndicatorMark",
    "Intake",
    "Invite",
    "ItemWork",
    "Job",
    "JoinRequest",
    "Launch",
    "LetterTemplate",
    "LheNote",
    "LinkedGroup",
    "LkeImport",
    "Meeting",
    "MeetingPart",
    "Membership",
    "Outbox",
    "PactSheet",
    "PactSigner",
    "Person",
    "Pic",
    "RegisterEntry",
    "RegisterImport",
    "Reminder",
    "ReminderPref",
    "ReminderRound",
    "SeasonRound",
    "SeasonUnit",
    "Secret",
    "SeenUpdate",
    "SharedEvidence",
    "SharedVersion",
    "StageOffset",
    "StageResult",
    "StoredFile",
    "Survey",
    "Task",
    "TaskChange",
    "TeamQuestion",
    "TpiAssignment",
    "TpiFinding",
    "TpiNote",
    "TpiRound",
    "Unit",
    "UnitDuty",
    "UnitReminding",
    "UnitRequest",
    "UnitStanding",
    "UnmetQuestion",
    "Walk",
    "WalkMark",
    "WalkPhoto",
]
