"""The features of the bot. Importing this module registers every route's handler."""

from flows import delivering as _delivering
from flows.admin import handlers as _admin
from flows.advice import handlers as _advice
from flows.api import handlers as _api
from flows.assess import handlers as _assess
from flows.board import handlers as _board
from flows.broadcast import handlers as _broadcast
from flows.bulk import handlers as _bulk
from flows.checklist import handlers as _checklist
from flows.documents import handlers as _documents
from flows.drills import handlers as _drills
from flows.endorse import handlers as _endorse
from flows.evidence import binding as _evidence_binding
from flows.evidence import examining as _evidence_examining
from flows.evidence import handlers as _evidence
from flows.evidence import looking as _evidence_looking
from flows.faq import handlers as _faq
from flows.findings import handlers as _findings
from flows.groups import handlers as _groups
from flows.guide import handlers as _guide
from flows.handover import handlers as _handover
from flows.importing import handlers as _importing
from flows.importing import job as _import_job
from flows.learning import handlers as _learning
from flows.lookup import handlers as _lookup
from flows.meetings import handlers as _meetings
from flows.menu import handlers as _menu
from flows.mine import handlers as _mine
from flows.narrative import handlers as _narrative
from flows.nextyear import handlers as _nextyear
from flows.operations import handlers as _operations
from flows.outside import handlers as _outside
from flows.own import handlers as _own
from flows.pact import handlers as _pact
from flows.papers import handlers as _papers
from flows.personal import handlers as _personal
from flows.pic import handlers as _pic
from flows.progress import handlers as _progress
from flows.readiness import handlers as _readiness
from flows.registers import handlers as _registers
from flows.registration import handlers as _registration
from flows.reminders import handlers as _reminders
from flows.review import handlers as _review
from flows.schedule import duty_tick as _duty_tick
from flows.schedule import handlers as _schedule
from flows.season import handlers as _season
from flows.servicecheck import handlers as _servicecheck
from flows.shared import handlers as _shared
from flows.slips import handlers as _slips
from flows.tasks import handlers as _tasks
from flows.team import handlers as _team
from flows.walks import handlers as _walks
from flows.workbook import handlers as _workbook

ALL = (
    _admin,
    _advice,
    _api,
    _assess,
    _board,
    _broadcast,
    _bulk,
    _checklist,
    _delivering,
    _documents,
    _drills,
    _endorse,
    _evidence,
    _evidence_binding,
    _evidence_examining,
    _evidence_looking,
    _faq,
    _findings,
    _groups,
    _guide,
    _handover,
    _importing,
    _import_job,
    _learning,
    _lookup,
    _meetings,
    _menu,
    _narrative,
    _nextyear,
    _operations,
    _outside,
    _own,
    _mine,
    _pact,
    _papers,
    _personal,
    _pic,
    _progress,
    _readiness,
    _registers,
    _registration,
    _reminders,
    _review,
    _duty_tick,
    _schedule,
    _season,
    _servicecheck,
    _shared,
    _slips,
    _tasks,
    _team,
    _walks,
    _workbook,
)
