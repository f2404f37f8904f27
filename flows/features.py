"""The features of the bot. Importing this module registers every route's handler."""

from flows.admin import handlers as _admin
from flows.broadcast import handlers as _broadcast
from flows.checklist import handlers as _checklist
from flows.endorse import handlers as _endorse
from flows.evidence import binding as _evidence_binding
from flows.evidence import examining as _evidence_examining
from flows.evidence import handlers as _evidence
from flows.evidence import looking as _evidence_looking
from flows.faq import handlers as _faq
from flows.handover import handlers as _handover
from flows.importing import handlers as _importing
from flows.importing import job as _import_job
from flows.learning import handlers as _learning
from flows.lookup import handlers as _lookup
from flows.meetings import handlers as _meetings
from flows.menu import handlers as _menu
from flows.mine import handlers as _mine
from flows.narrative import handlers as _narrative
from flows.own import handlers as _own
from flows.personal import handlers as _personal
from flows.pic import handlers as _pic
from flows.progress import handlers as _progress
from flows.readiness import handlers as _readiness
from flows.registration import handlers as _registration
from flows.reminders import handlers as _reminders
from flows.review import handlers as _review
from flows.schedule import handlers as _schedule
from flows.tasks import handlers as _tasks
from flows.team import handlers as _team

ALL = (
    _admin,
    _broadcast,
    _checklist,
    _endorse,
    _evidence,
    _evidence_binding,
    _evidence_examining,
    _evidence_looking,
    _faq,
    _handover,
    _importing,
    _import_job,
    _learning,
    _lookup,
    _meetings,
    _menu,
    _narrative,
    _own,
    _mine,
    _personal,
    _pic,
    _progress,
    _readiness,
    _registration,
    _reminders,
    _review,
    _schedule,
    _tasks,
    _team,
)
