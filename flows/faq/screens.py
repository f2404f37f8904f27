"""Data to screens: answers, choices, refusals, small talk, lists of topics."""

from collections.abc import Mapping, Sequence

from flows import fmt, routes, words
from flows.faq import names, texts
from flows.faq.names import pack
from flows.faq.replies import Reply, related
from flows.routes import Action, Route
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.documents import LKE
from knowledge.faq import GROUPS, Entry
from knowledge.instrument_model import Indicator, ResultItem
from knowledge.library import Library
from knowledge.service_check import service_check

MOST_SHOWN = 3400
"""Longest answer in characters; what is longer is cut at a line, and the indicator screen has the rest."""
PAGE = 8


def answer(library: Library, reply: Reply, back: Button | None, *, has_unit: bool) -> Screen:
    """An answer: related topics, then the small rating row. The LKE and the check of public
    service are opened by people of a unit.
    """
    topic = reply.topics[0]
    onward = [Button(names.label(library, each), routes.TOPIC(pack(each))) for each in _next(library, reply)]
    return Screen(
        fmt.esc(_fitting(reply.text)),
        rows(
            back,
            _leaf_button(library, topic) if has_unit else None,
            *grid(onward, 2),
            (
                Button(texts.HELPFUL, routes.TOPIC_RATE(pack(topic), 1)),
                Button(texts.NOT_QUITE, routes.TOPIC_RATE(pack(topic), 0)),
            ),
            Button(words.TO_MENU, routes.HOME()),
        ),
    )


def _next(library: Library, reply: Reply) -> tuple[str, ...]:
    """What people ask next; after a double answer from both halves."""
    if len(reply.topics) == 1:
        return reply.suggestions[:3]
    both = [each for topic in reply.topics for each in related(library, topic)[:2]]
    return tuple(each for each in dict.fromkeys(both) if each not in reply.topics)[:3]


def _leaf_button(library: Library, topic: str) -> Button | None:
    node = library.instrument().by_id.get(topic.removeprefix(LKE)) if topic.startswith(LKE) else None
    if isinstance(node, Indicator | ResultItem):
        return Button(texts.OPEN_INDICATOR, routes.LKE_ITEM(node.id))
    return Button(texts.CHECK_SERVICE, routes.SERVICE()) if topic in service_check().topics else None


def choices(reply: Reply, back: Button | None, *extra: Button) -> Screen:
    """The nearest topics by number; a typed number works as well."""
    ids = [pack(topic) for topic in reply.suggestions]
    numbers = [Button(str(number), routes.TOPIC(each)) for number, each in enumerate(ids, 1)]
    return Screen(
        fmt.esc(reply.text),
        rows(back, numbers, *extra, _onward()),
        Expect(text=routes.TOPIC_PICK(",".join(ids))),
    )


def plain(reply: Reply, back: Button | None, *extra: Button | None) -> Screen:
    """A refusal or small talk."""
    return Screen(fmt.esc(reply.text), rows(back, *extra, _onward()))


def prompt(mine: Button | None = None) -> Screen:
    """Asks for the question."""
    guide = Button(texts.GUIDE, routes.GUIDES())
    return Screen(fmt.esc(texts.PROMPT), rows(mine, guide, _onward()), Expect(text=routes.ASK()))


def _onward() -> tuple[Button, Button]:
    return Button(texts.SEE_TOPICS, routes.TOPICS("", 0)), Button(words.TO_MENU, routes.HOME())


def groups(library: Library) -> Screen:
    """Every group with its size."""
    sizes = {group: sum(entry.group == group for entry in library.faq.values()) for group in GROUPS}
    lines = [f"{texts.MARK} {name}: {sizes[group]} topik" for group, name in GROUPS.items() if sizes[group]]
    buttons = [Button(names.GROUPS[group], routes.TOPICS(group, 0)) for group in GROUPS if sizes[group]]
    return Screen(
        fmt.esc(texts.groups(lines)),
        rows(*grid(buttons, 3), (Button(texts.GUIDE, routes.GUIDES()), Button(words.TO_MENU, routes.HOME()))),
    )


def group(name: str, group_id: str, entries: Sequence[Entry], page: int) -> Screen:
    """One page of a group, each topic behind its number."""
    pages = max(1, -(-len(entries) // PAGE))
    page = min(max(0, page), pages - 1)
    first = page * PAGE
    shown = entries[first : first + PAGE]
    numbers = [Button(str(no), routes.TOPIC(entry.id)) for no, entry in enumerate(shown, first + 1)]
    turn_page = (
        Button("‹", routes.TOPICS(group_id, page - 1)) if page else None,
        Button("›", routes.TOPICS(group_id, page + 1)) if page + 1 < pages else None,
    )
    text = texts.group(name, [entry.title for entry in shown], first + 1, page, pages)
    return Screen(
        fmt.esc(text),
        rows(
            *grid(numbers, 4),
            [button for button in turn_page if button],
            (Button(texts.GROUPS_BACK, routes.TOPICS("", 0)), Button(words.TO_MENU, routes.HOME())),
        ),
    )


def back_button(library: Library, resumes: Action | None) -> Button | None:
    """The way back to the prompt that stayed open while this question was answered."""
    if resumes is None:
        return None
    item = next((arg for arg in resumes.args if isinstance(arg, str)), "")
    if resumes.route.startswith("lke.") and item:
        node = library.instrument().by_id.get(item)
        number = node.number if isinstance(node, Indicator | ResultItem) else ""
        return Button(texts.back_to(number), routes.LKE_ITEM(item))
    place = _PLACES.get(resumes.route, routes.HOME)
    return Button(texts.back_to(""), place(*resumes.args[: len(place.kinds)]))


_PLACES: Mapping[str, Route] = {
    routes.DEADLINE_TYPED.name: routes.DEADLINE_ASK,
    routes.ANNOUNCE_TEXT.name: routes.ANNOUNCE,
    routes.ANNOUNCE_EDIT_TEXT.name: routes.ANNOUNCE_EDIT,
    routes.AGENCY_NAME_SAVE.name: routes.AGENCY_NAME,
    routes.UNIT_NEW_SAVE.name: routes.UNIT_NEW_NAME,
    routes.UNIT_RENAME_SAVE.name: routes.UNIT_RENAME,
    routes.UNIT_REQUEST_SAVE.name: routes.UNIT_REQUEST,
    routes.REGISTER_TYPED.name: routes.REGISTER_NEW,
    routes.REGISTER_FIELD_SAVE.name: routes.REGISTER_FIELD,
}
"""Where the prompt of a typed answer was asked."""


def _fitting(text: str) -> str:
    if len(text) <= MOST_SHOWN:
        return text
    return text[:MOST_SHOWN].rsplit("\n", 1)[0] + "\n…"
