"""Handlers of one piece of evidence."""

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import BadInput, Missing, NotAllowed
from flows.evidence import (
    archive,
    changing,
    intake,
    links,
    looking,
    periods,
    proposals,
    saving,
    screens,
    screens_piece,
    service,
    store_view,
    window,
)
from flows.evidence.handlers_item import fills
from flows.evidence.service import Piece
from flows.evidence.sources import sources
from flows.evidence.texts import labels, sent
from flows.models import Evidence, EvidenceUse, EvidenceVersion
from flows.review import states
from flows.routes import handles
from flows.schedule import service as schedule
from flows.screen import Gone, Goto, NotMine, Quiet, Screen
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.dates import Problem
from knowledge.instrument import Area, Indicator, ResultItem, SubComponent


@handles(routes.EVIDENCE_SHOW)
def show(turn: Turn, evidence_id: int) -> Screen:
    """A piece in full."""
    evidence = service.load(turn, evidence_id)
    where = checklist.current(turn)
    uses = service.uses_of(turn.session, evidence)
    versions = service.versions_of(turn.session, evidence)
    if not versions:
        raise Missing("Bukti ini belum punya berkas.", next=routes.EVIDENCE())
    newest, by, behalf = versions[0]
    span = window.of_unit(turn.session, where.unit, where.assessment)
    work = states.states(turn.session, where.assessment)
    listed = _listed(evidence, newest, uses, work, where, span)
    returned = next((u for u in uses if u.assessment_id == where.id and u.reason), None)
    source = sources(turn.session, [evidence]).get(evidence_id, "")
    piece = Piece(evidence, newest, returned, by, behalf, source=source)
    ago = fmt.ago(newest.made_at, turn.now, turn.zone_name)
    may_change = service.may_change(turn, where.unit, uses, where.instrument)
    may_open = changing.may_unrestrict(turn, where, uses)
    archived = archive.year_of(turn.session, uses)
    if archived is not None and fills(turn, where.unit, where.instrument):
        return screens_piece.of_archive(piece, listed, span, ago, archived)
    return screens_piece.show(piece, listed, span, ago, may_change, may_open)


def _listed(
    evidence: Evidence,
    newest: EvidenceVersion,
    uses: list[EvidenceUse],
    work: dict[str, str],
    where: Current,
    span: window.Window,
) -> list[tuple[Item, str, str]]:
    """What it serves this year: the item, the example's name, the state there."""
    made: list[tuple[Item, str, str]] = []
    for use in uses:
        item = where.instrument.by_id.get(use.item_id)
        if use.assessment_id != where.id or not isinstance(item, Indicator | ResultItem):
            continue
        example = ""
        if use.expected is not None and use.expected < len(item.evidence):
            example = item.evidence[use.expected]
        state = service.state_of(Piece(evidence, newest, use), work.get(item.id, ""), span)
        made.append((item, example, state))
    return made


@handles(routes.EVIDENCE_SEND)
def send(turn: Turn, evidence_id: int, number: int) -> Screen:
    """The file itself, to people who may see it."""
    evidence = service.load(turn, evidence_id)
    versions = [version for version, _, _ in service.versions_of(turn.session, evidence)]
    version = next((v for v in versions if number in (0, v.no)), None)
    if version is None:
        raise Missing("Versi itu tidak ada.", next=routes.EVIDENCE_SHOW(evidence_id))
    media = store_view.media_of(turn.session, version)
    if media is None:
        said = "Bukti ini berupa tautan." if version.kind == "link" else store_view.BINDING
        raise Missing(said, next=routes.EVIDENCE_SHOW(evidence_id))
    return screens_piece.file(evidence, version, media)


@handles(routes.EVIDENCE_VERSIONS)
def show_versions(turn: Turn, evidence_id: int) -> Screen:
    """Every version."""
    evidence = service.load(turn, evidence_id)
    found = [
        (version, by, fmt.ago(version.made_at, turn.now, turn.zone_name))
        for version, by, _ in service.versions_of(turn.session, evidence)
    ]
    return screens_piece.versions(evidence, found)


@handles(routes.LINK_CHECK)
def check_link(turn: Turn, evidence_id: int) -> Goto:
    """Look at the link again; the screen is edited when that is known."""
    evidence, _ = changing.claim(turn, evidence_id)
    newest = saving.newest(turn.session, evidence_id)
    if newest is None or newest.kind != "link":
        raise Missing("Bukti ini bukan tautan.", next=routes.EVIDENCE_SHOW(evidence_id))
    looking.again(turn, newest)
    return Goto(routes.EVIDENCE_SHOW(evidence.id or 0), labels.CHECKING)


@handles(routes.LINK_TOLD)
def link_told(turn: Turn, evidence_id: int) -> Screen | Gone:
    """Its sender hears that a link was locked since, or opened though it is restricted; while it is so."""
    evidence = turn.session.get(Evidence, evidence_id)
    newest = saving.newest(turn.session, evidence_id) if evidence is not None else None
    if evidence is None or newest is None or newest.kind != "link" or not service.may_see(turn, evidence):
        return Gone()
    if newest.link_state != (links.OPEN if evidence.restricted else links.LOCKED):
        return Gone()
    return screens_piece.link_told(evidence, newest, turn.unit_by_id(evidence.unit_id).name)


@handles(routes.EVIDENCE_OPEN)
def open_piece(turn: Turn, evidence_id: int) -> Goto:
    """From a message: its unit becomes the open one."""
    evidence = turn.session.get(Evidence, evidence_id)
    if evidence is None or not service.may_see(turn, evidence):
        return Goto(routes.EVIDENCE_SHOW(evidence_id))  # says why not
    schedule.open_unit(turn, evidence.unit_id)
    return Goto(routes.EVIDENCE_SHOW(evidence_id))


# changing ------------------------------------------------------------------------------------------


def mine(turn: Turn, evidence_id: int, *, serving: bool = False) -> Evidence:
    """A piece that the actor may change, not locked; `serving`: only which items of the open LKE it serves.

    Raises NotAllowed, also for a piece of a closed year unless `serving`.
    """
    evidence = service.load(turn, evidence_id)
    where = checklist.current(turn)
    uses = service.uses_of(turn.session, evidence)
    if not service.may_change(turn, where.unit, uses, where.instrument):
        policy.require(turn.actor, "answer", where.unit, _area_of(uses, where))
        year = archive.year_of(turn.session, uses)
        if year is not None and not serving:
            raise NotAllowed(
                archive.frozen(year), next=routes.EVIDENCE_SHOW(evidence_id), evidence_id=evidence_id
            )
    return evidence


def _area_of(uses: list[EvidenceUse], where: Current) -> str | None:
    return service.area_of(uses[0].item_id, where.instrument) if uses else None


@handles(routes.EVIDENCE_EDIT)
def ask_edit(turn: Turn, evidence_id: int) -> Screen:
    """What may be changed?"""
    return screens_piece.edit(mine(turn, evidence_id))


@handles(routes.EVIDENCE_REPLACE)
def ask_replace(turn: Turn, evidence_id: int) -> Screen:
    """The prompt for a new version."""
    return screens_piece.replace(mine(turn, evidence_id))


@handles(routes.EVIDENCE_REPLACE_FILE)
def replace_file(turn: Turn, evidence_id: int) -> Goto | Quiet:
    """The sent file is its new version, once it has been examined and confirmed."""
    mine(turn, evidence_id)
    return intake.take(turn, None, evidence_id)


@handles(routes.EVIDENCE_REPLACE_LINK)
def replace_link(turn: Turn, evidence_id: int) -> Goto | NotMine:
    """The typed link is its new version."""
    if links.cleaned(turn.event.text) is None:
        return NotMine()
    mine(turn, evidence_id)
    row = intake.receive_link(turn, turn.event.text, None, evidence_id)
    return Goto(routes.INTAKE(row.id or 0))


@handles(routes.EVIDENCE_TITLE)
def ask_title(turn: Turn, evidence_id: int) -> Screen:
    """The prompt for another title."""
    return screens_piece.title(mine(turn, evidence_id))


@handles(routes.EVIDENCE_TITLE_SAVE)
def save_title(turn: Turn, evidence_id: int, revision: int) -> Goto:
    """The typed text is the title."""
    done = changing.set_title(turn, evidence_id, revision, turn.event.text)
    return Goto(routes.EVIDENCE_SHOW(evidence_id), labels.TITLE_SET if done else labels.SAME)


@handles(routes.EVIDENCE_DATE)
def ask_date(turn: Turn, evidence_id: int) -> Screen:
    """The prompt for another date."""
    return screens_piece.date_prompt(mine(turn, evidence_id))


@handles(routes.EVIDENCE_DATE_SAVE)
def save_date(turn: Turn, evidence_id: int, revision: int) -> Goto | NotMine:
    """The typed text is the date."""
    day = periods.read_day(turn.event.text, turn.today)
    if isinstance(day, Problem):
        raise BadInput(day.sentence, next=routes.EVIDENCE_DATE(evidence_id))
    if day is None:
        if turn.library.looks_like_question(turn.event.text):
            return NotMine()
        raise BadInput(sent.DATE_BAD, next=routes.EVIDENCE_DATE(evidence_id))
    done = changing.set_date(turn, evidence_id, revision, day)
    return Goto(routes.EVIDENCE_SHOW(evidence_id), labels.DATE_SET if done else labels.SAME)


@handles(routes.EVIDENCE_PERIOD)
def ask_period(turn: Turn, evidence_id: int) -> Screen:
    """For which period?"""
    evidence = mine(turn, evidence_id)
    where = checklist.current(turn)
    span = window.of_unit(turn.session, where.unit, where.assessment)
    if evidence.dated_on is not None and not span.holds(evidence.dated_on):
        choices = screens.likely_periods(evidence.dated_on, span.first, span.last)
    else:
        choices = screens.recent_periods(turn.today, span.first)
    return screens_piece.period(evidence, choices)


@handles(routes.EVIDENCE_PERIOD_SET)
def set_period(turn: Turn, evidence_id: int, code: str, revision: int) -> Goto:
    """It stands for this period."""
    return _set_period(turn, evidence_id, code, revision)


def _set_period(turn: Turn, evidence_id: int, code: str, revision: int) -> Goto:
    done = changing.set_period(turn, evidence_id, revision, code)
    return Goto(routes.EVIDENCE_SHOW(evidence_id), labels.PERIOD_SET if done else labels.SAME)


@handles(routes.EVIDENCE_PERIOD_TYPED)
def period_typed(turn: Turn, evidence_id: int, revision: int) -> Goto | NotMine:
    """The typed text is the period."""
    code = periods.parse(turn.event.text, turn.today)
    if code is None:
        if turn.library.looks_like_question(turn.event.text):
            return NotMine()
        raise BadInput(sent.PERIOD_BAD, next=routes.EVIDENCE_PERIOD(evidence_id))
    return _set_period(turn, evidence_id, code, revision)


@handles(routes.EVIDENCE_RESTRICT)
def restrict(turn: Turn, evidence_id: int, on: int, revision: int) -> Goto:
    """Into the class "terbatas", or out of it. Who loses sight of it by that is led to the list."""
    done = changing.set_restricted(turn, evidence_id, revision, bool(on))
    evidence = turn.session.get_one(Evidence, evidence_id)
    seen = service.may_see(turn, evidence)
    said = (labels.RESTRICTED_ON if on else labels.RESTRICTED_OFF) if done else labels.SAME
    return Goto(routes.EVIDENCE_SHOW(evidence_id) if seen else routes.EVIDENCE(), said)


# what it serves ------------------------------------------------------------------------------------


@handles(routes.EVIDENCE_USES)
def choose_item(turn: Turn, evidence_id: int, node_id: str) -> Screen:
    """Choose one more item, one step down at a time."""
    mine(turn, evidence_id, serving=True)
    where = checklist.current(turn)
    instrument = where.instrument
    chooser = screens.ForPiece(evidence_id, fills(turn, where.unit, instrument))
    if not node_id or node_id == checklist.RESULTS:
        return screens.choose(instrument, None, node_id == checklist.RESULTS, chooser)
    node = instrument.by_id.get(node_id)
    if not isinstance(node, Area | SubComponent):
        raise Missing("Bagian ini tidak ada dalam LKE unit Anda.", next=chooser.back)
    return screens.choose(instrument, node, False, chooser)


@handles(routes.EVIDENCE_USE_TYPED)
def item_typed(turn: Turn, evidence_id: int) -> Goto | NotMine:
    """The typed text names the item."""
    where = checklist.current(turn)
    found = proposals.find(where.instrument, turn.event.text) if len(turn.event.text) < 60 else None
    if found is None:
        return NotMine()
    return Goto(routes.EVIDENCE_USE_WHAT(evidence_id, found.id))


@handles(routes.EVIDENCE_USE_WHAT)
def ask_document(turn: Turn, evidence_id: int, item_id: str) -> Screen:
    """Which of that item's examples is it?"""
    evidence = mine(turn, evidence_id, serving=True)
    where = checklist.current(turn)
    item = checklist.item_of(where.instrument, item_id)
    policy.require(turn.actor, "answer", where.unit, checklist.area_id_of(item))
    return screens_piece.use_what(evidence, item)


@handles(routes.EVIDENCE_USE_AS)
def add_use(turn: Turn, evidence_id: int, item_id: str, place: int) -> Goto:
    """It serves that item as well."""
    evidence = mine(turn, evidence_id, serving=True)
    added = saving.add_use(turn, evidence, item_id, place if place >= 0 else None)
    return Goto(routes.EVIDENCE_SHOW(evidence_id), labels.ATTACHED if added else labels.ATTACHED_ALREADY)


@handles(routes.EVIDENCE_DETACH_ASK)
def ask_detach(turn: Turn, evidence_id: int, item_id: str) -> Screen:
    """Ask before it is taken from an item."""
    evidence = mine(turn, evidence_id, serving=True)
    where = checklist.current(turn)
    item = checklist.item_of(where.instrument, item_id)
    policy.require(turn.actor, "answer", where.unit, checklist.area_id_of(item))
    return screens_piece.detach_ask(evidence, item)


@handles(routes.EVIDENCE_DETACH)
def detach(turn: Turn, evidence_id: int, item_id: str) -> Goto:
    """It serves that item no more."""
    evidence = mine(turn, evidence_id, serving=True)
    done = saving.detach(turn, evidence, item_id)
    seen = service.may_see(turn, evidence)
    here = routes.EVIDENCE_SHOW(evidence_id) if seen else routes.EVIDENCE()
    return Goto(here, labels.DETACHED if done else labels.SAME)


@handles(routes.EVIDENCE_REMOVE_ASK)
def ask_remove(turn: Turn, evidence_id: int) -> Screen:
    """Ask before it goes."""
    evidence = mine(turn, evidence_id)
    where = checklist.current(turn)
    nodes = [where.instrument.by_id.get(u.item_id) for u in service.uses_of(turn.session, evidence)]
    numbers = [node.number for node in nodes if isinstance(node, Indicator | ResultItem)]
    return screens_piece.remove_ask(evidence, list(dict.fromkeys(numbers)))


@handles(routes.EVIDENCE_REMOVE)
def remove(turn: Turn, evidence_id: int, revision: int) -> Goto:
    """Take it out of sight."""
    evidence = mine(turn, evidence_id)
    uses = service.uses_of(turn.session, evidence)
    saving.remove(turn, evidence, revision)
    where = checklist.current(turn)
    here = next((u.item_id for u in uses if u.item_id in where.instrument.by_id), None)
    return Goto(routes.EVIDENCE_ITEM(here) if here else routes.EVIDENCE(), labels.REMOVED)
