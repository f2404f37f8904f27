"""The features of the bot. Importing this module registers every route's handler."""

from flows.admin import handlers as _admin
from flows.broadcast import handlers as _broadcast
from flows.checklist import handlers as _checklist
from flows.faq import handlers as _faq
from flows.importing import handlers as _importing
from flows.importing import job as _import_job
from flows.learning import handlers as _learning
from flows.menu import handlers as _menu
from flows.personal import handlers as _personal
from flows.progress import handlers as _progress
from flows.readiness import handlers as _readiness
from flows.registration import handlers as _registration
from flows.reminders import handlers as _reminders
from flows.team import handlers as _team

ALL = (
    _admin,
    _broadcast,
    _checklist,
    _faq,
    _importing,
    _import_job,
    _learning,
    _menu,
    _personal,
    _progress,
    _readiness,
    _registration,
    _reminders,
    _team,
)
