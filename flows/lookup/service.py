"""What a search finds, group by group. Adding a group is one function marked with `@group`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlmodel import col, select

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.errors import Missing
from flows.faq import names
from flows.learning import local, scope
from flows.models import Answer, Unit
from flows.routes import Action
from flows.turn import Turn
from knowledge.codes import node_in
from knowledge.documents import LKE
from knowledge.instrument import Indicator, Instrument, ResultItem, SubComponent
from knowledge.library import CURRENT_INSTRUMENT
from knowledge.live_texts import Texts
from knowledge.normalize import clean
from knowledge.search import ANSWERS, INDICATORS, TERMS, Query

MOST_PACKED = 44
"""Characters of a query that fit into a button beside group and page."""
SNIPPET = 70
_LEFT_OUT = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True, slots=True)
class Found:
    """One result: its line, and what opens it."""

    title: str
    action: Action


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. `node` is the part of the worksheet that the text names by its number."""

    query: Query
    instrument: Instrument
    node: Indicator | ResultItem | SubComponent | None


Finder = Callable[[Turn, Asked], list[Found]]


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one kind. Those that are not `public` are never shown where others read along."""

    code: str
    heading: str
    public: bool
    find: Finder


@dataclass(frozen=True, slots=True)
class Section:
    """A group with what was found in it."""

    group: Group
    found: list[Found]


_groups: dict[str, Group] = {}


def group(code: str, heading: str, *, public: bool = False) -> Callable[[Finder], Finder]:
    """Register a group of results, shown in the order of registration. `code`: at most four letters."""

    def register(find: Finder) -> Finder:
        if code in _groups or len(code) > 4:
            raise ValueError(f"group {code} is declared twice or too long")
        _groups[code] = Group(code, heading, public, find)
        return find

    return register


def packed(text: str) -> str:
    """A typed query as it travels in buttons: plain words, cut at a word; "" when nothing is left."""
    words = _LEFT_OUT.sub(" ", clean(text)).split()
    kept = ""
    for word in words:
        longer = f"{kept} {word[:MOST_PACKED]}".strip()
        if len(longer) > MOST_PACKED:
            break
        kept = longer
    return kept


def search(turn: Turn, text: str) -> list[Section]:
    """Every group that has something for a packed query."""
    asked = _asked(turn, text)
    return [Section(each, found) for each in _groups.values() if (found := _find(turn, each, asked))]


def search_group(turn: Turn, code: str, text: str) -> Section:
    """One group. Raises Missing for an unknown one, and in groups for one that is not public."""
    wanted = _groups.get(code)
    if wanted is None or not (wanted.public or turn.event.private):
        raise Missing("Kelompok hasil ini tidak ada di sini.", next=routes.SEARCH())
    return Section(wanted, _find(turn, wanted, _asked(turn, text)))


def _find(turn: Turn, wanted: Group, asked: Asked) -> list[Found]:
    if not (wanted.public or turn.event.private):
        return []
    return wanted.find(turn, asked)


def _asked(turn: Turn, text: str) -> Asked:
    instrument = turn.library.instrument(_instrument_id(turn))
    query = turn.library.searcher(instrument.key).query(text)
    node = node_in(instrument, text)
    if isinstance(node, Indicator | ResultItem | SubComponent):
        return Asked(replace(query, words=()), instrument, node)  # a number is no word of anything else
    return Asked(query, instrument, None)


def _instrument_id(turn: Turn) -> str:
    """The instrument of the open unit; the current one for everybody else."""
    unit = _own_unit(turn)
    if unit is None:
        return CURRENT_INSTRUMENT
    try:
        found = checklist.assessment_of(turn.session, unit).instrument_id
    except Missing:
        return CURRENT_INSTRUMENT
    return found if found in turn.library.instruments else CURRENT_INSTRUMENT


def _own_unit(turn: Turn) -> Unit | None:
    """The open unit, where its data may be spoken of."""
    unit = turn.open_unit if turn.event.private else None
    return unit if unit is not None and policy.can(turn.actor, "view", unit) else None


# the groups ----------------------------------------------------------------------------------------


@group("ind", "Indikator")
def indicators(turn: Turn, asked: Asked) -> list[Found]:
    """Indicators and result items; members open them to fill in, others to read."""
    if isinstance(asked.node, SubComponent):
        ids = [leaf.id for leaf in asked.node.indicators]
    elif asked.node is not None:
        ids = [asked.node.id]
    else:
        hits = turn.library.searcher(asked.instrument.key).find(asked.query, INDICATORS)
        ids = [hit.id.removeprefix(LKE) for hit in hits]
    fills = _own_unit(turn) is not None
    made = []
    for id in ids:
        leaf = asked.instrument.by_id[id]
        assert isinstance(leaf, Indicator | ResultItem)
        action = routes.LKE_ITEM(id) if fills else routes.TOPIC(names.pack(LKE + id))
        made.append(Found(f"{leaf.number}  {leaf.title}", action))
    return made


@group("jwb", "Jawaban", public=True)
def answers(turn: Turn, asked: Asked) -> list[Found]:
    """The person's agency's own answers, then the topics."""
    hits = turn.library.searcher(asked.instrument.key).find(asked.query, ANSWERS)
    topics = [Found(names.title(turn.library, hit.id), routes.TOPIC(hit.id)) for hit in hits]
    return [*_of_agency(turn, asked.query), *topics]


def _of_agency(turn: Turn, query: Query) -> list[Found]:
    agency_id = scope.agency_of(turn) if turn.event.private and query.words else None
    index = local.index_of(turn.session, turn.library, agency_id) if agency_id is not None else None
    if index is None:
        return []
    texts = Texts((" | ".join(each.questions), f"{each.short} {each.detail}") for each in index.entries)
    best = [index.entries[place] for place, _ in texts.find(query)]
    return [Found(fmt.one_line(each.questions[0]), routes.ENTRY_READ(each.id)) for each in best]


@group("ist", "Istilah", public=True)
def terms(turn: Turn, asked: Asked) -> list[Found]:
    """Terms of the glossary."""
    hits = turn.library.searcher(asked.instrument.key).find(asked.query, TERMS)
    return [Found(names.title(turn.library, hit.id), routes.TOPIC(hit.id)) for hit in hits]


@group("pen", "Penjelasan unit")
def notes(turn: Turn, asked: Asked) -> list[Found]:
    """Notes in the open unit's own worksheet."""
    unit = _own_unit(turn)
    if unit is None or not asked.query.words:
        return []
    try:
        assessment = checklist.assessment_of(turn.session, unit)
    except Missing:
        return []
    rows = turn.session.exec(
        select(Answer.item_id, Answer.note).where(
            Answer.assessment_id == assessment.id, col(Answer.note) != ""
        )
    ).all()
    kept = [(item_id, note) for item_id, note in rows if item_id in asked.instrument.by_id]
    found = []
    for place, _ in Texts(("", note) for _, note in kept).find(asked.query):
        item_id, note = kept[place]
        leaf = checklist.item_of(asked.instrument, item_id)
        found.append(Found(f"{leaf.number}  {_around(note, asked.query)}", routes.LKE_ITEM(item_id)))
    return found


def _around(note: str, query: Query) -> str:
    """The part of a note that holds the first word, one line."""
    line = fmt.one_line(note)
    places = [at for each in query.words if (at := line.lower().find(each.stem)) >= 0]
    start = max(0, min(places, default=0) - SNIPPET // 3)
    if start:
        start = line.find(" ", start) + 1 or start
    return ("…" if start else "") + fmt.cut(line[start:], SNIPPET)
