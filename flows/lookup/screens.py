"""Screens of terms and search."""

from collections.abc import Sequence

from flows import fmt, routes, words
from flows.faq import brief
from flows.lookup import texts
from flows.lookup.service import Found, Section
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.glossary import Term

PAGE = 8
SHOWN, SHOWN_IN_GROUPS = 5, 3
"""Results of each group on the first screen."""
PER_ROW = 5
LETTERS_PER_ROW = 6
MENU = Button(words.TO_MENU, routes.HOME())


def search_prompt(query_of: dict[str, str]) -> Screen:
    """Asks for what to look for. `query_of`: examples by their label."""
    examples = [Button(label, routes.SEARCH_FOR(query)) for label, query in query_of.items()]
    return Screen(texts.SEARCH_PROMPT, rows(examples, MENU), Expect(text=routes.SEARCH()))


def search_prompt_in_group(bot_username: str) -> Screen:
    """The same where others read along."""
    return Screen(texts.SEARCH_PROMPT_GROUP, rows(_private(bot_username)), Expect(text=routes.SEARCH()))


def results(query: str, sections: Sequence[Section]) -> Screen:
    """Every group with its first results; numbers run through all of them."""
    shown = [section.found[:SHOWN] for section in sections]
    lines, numbers = _numbered(shown)
    whole = [
        Button(
            texts.all_of(section.group.heading, len(section.found)),
            routes.SEARCH_GROUP(section.group.code, 0, query),
        )
        for section in sections
        if len(section.found) > SHOWN
    ]
    told = [(s.group.heading, len(s.found), said) for s, said in zip(sections, lines, strict=True)]
    return Screen(
        texts.results(query, sum(len(section.found) for section in sections), told),
        rows(
            *grid(numbers, PER_ROW),
            *whole,
            (Button(texts.SEARCH_AGAIN, routes.SEARCH()), MENU),
        ),
        Expect(text=routes.SEARCH_PICK("", 0, query)),
    )


def results_in_group(query: str, sections: Sequence[Section], bot_username: str) -> Screen:
    """The same in few lines, where others read along."""
    shown = [section.found[:SHOWN_IN_GROUPS] for section in sections]
    lines, numbers = _numbered(shown)
    told = [(s.group.heading, len(s.found), said) for s, said in zip(sections, lines, strict=True)]
    return Screen(
        texts.results(query, sum(len(section.found) for section in sections), told),
        rows(*grid(numbers, PER_ROW), _private(bot_username)),
        Expect(text=routes.SEARCH_PICK("", 0, query)),
    )


def _numbered(shown: Sequence[Sequence[Found]]) -> tuple[list[list[str]], list[Button]]:
    lines: list[list[str]] = []
    numbers: list[Button] = []
    for section in shown:
        lines.append([])
        for found in section:
            number = len(numbers) + 1
            lines[-1].append(texts.number_line(number, found.title))
            numbers.append(Button(str(number), found.action))
    return lines, numbers


def nothing(query: str, bot_username: str = "") -> Screen:
    """Nothing found. `bot_username` is given where others read along."""
    if bot_username:
        return Screen(texts.nothing(query), rows(_private(bot_username)), Expect(text=routes.SEARCH()))
    return Screen(
        texts.nothing(query),
        rows((Button(texts.SEARCH_AGAIN, routes.SEARCH()), Button(texts.ASK, routes.ASK_PROMPT())), MENU),
        Expect(text=routes.SEARCH()),
    )


def group_page(query: str, section: Section, page: int) -> Screen:
    """One page of one group."""
    total = len(section.found)
    pages = max(1, -(-total // PAGE))
    page = min(max(0, page), pages - 1)
    code = section.group.code
    shown = list(enumerate(section.found, 1))[page * PAGE : (page + 1) * PAGE]
    turn_page = (
        Button("‹", routes.SEARCH_GROUP(code, page - 1, query)) if page else None,
        Button("›", routes.SEARCH_GROUP(code, page + 1, query)) if page + 1 < pages else None,
    )
    lines = [texts.number_line(number, found.title) for number, found in shown]
    return Screen(
        texts.group_page(section.group.heading, query, total, page, pages, lines),
        rows(
            *grid([Button(str(number), found.action) for number, found in shown], PER_ROW),
            [button for button in turn_page if button],
            (Button(texts.ALL_RESULTS, routes.SEARCH_FOR(query)), MENU),
        ),
        Expect(text=routes.SEARCH_PICK(code, page, query)),
    )


# terms ---------------------------------------------------------------------------------------------


def letters(found: Sequence[str], total: int) -> Screen:
    """The glossary by letter."""
    buttons = [Button(letter, routes.TERM_LETTER(letter, 0)) for letter in found]
    return Screen(
        texts.letters(total), rows(*grid(buttons, LETTERS_PER_ROW), MENU), Expect(text=routes.TERMS())
    )


def letters_in_group(bot_username: str) -> Screen:
    """How to ask for a term, where others read along."""
    return Screen(texts.TERMS_PROMPT_GROUP, rows(_private(bot_username)), Expect(text=routes.TERMS()))


def letter(name: str, terms: Sequence[Term], page: int) -> Screen:
    """One page of the terms of a letter."""
    pages = max(1, -(-len(terms) // PAGE))
    page = min(max(0, page), pages - 1)
    shown = terms[page * PAGE : (page + 1) * PAGE]
    turn_page = (
        Button("‹", routes.TERM_LETTER(name, page - 1)) if page else None,
        Button("›", routes.TERM_LETTER(name, page + 1)) if page + 1 < pages else None,
    )
    return Screen(
        texts.letter(name, len(terms), page, pages, _term_lines(shown)),
        rows(
            *_term_buttons(shown),
            [button for button in turn_page if button],
            (Button(texts.LETTERS, routes.TERMS()), MENU),
        ),
        Expect(text=routes.TERMS()),
    )


def near(asked: str, terms: Sequence[Term], bot_username: str = "") -> Screen:
    """What may have been meant by a term that is not there."""
    last = _private(bot_username) if bot_username else (Button(texts.LETTERS, routes.TERMS()), MENU)
    return Screen(
        texts.near(asked, _term_lines(terms)),
        rows(*_term_buttons(terms), last),
        Expect(text=routes.TERMS()),
    )


def unknown(asked: str, query: str, bot_username: str = "") -> Screen:
    """No such term and none like it."""
    wider = Button(texts.TO_SEARCH, routes.SEARCH_FOR(query)) if query else None
    last = _private(bot_username) if bot_username else (Button(texts.LETTERS, routes.TERMS()), MENU)
    return Screen(texts.unknown(asked), rows(wider, last), Expect(text=routes.TERMS()))


def _term_lines(terms: Sequence[Term]) -> list[str]:
    return [texts.term_line(term.abbr, term.expansion) for term in terms]


def _term_buttons(terms: Sequence[Term]) -> tuple[tuple[Button, ...], ...]:
    return grid([Button(fmt.cut(term.abbr, 18), routes.TOPIC(term.id)) for term in terms], 2)


def _private(bot_username: str) -> Button:
    return Button(texts.OPEN_PRIVATE, url=brief.url(bot_username, brief.ASK_PAYLOAD))
