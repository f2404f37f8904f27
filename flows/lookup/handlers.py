"""Handlers of terms and search."""

from flows import routes
from flows.lookup import screens, service, texts
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.glossary import Term

MOST_DIGITS = 3


def _typed(turn: Turn) -> str:
    """What was typed for this screen; a tap comes without."""
    return turn.event.text.strip() if turn.event.kind in {"command", "text"} else ""


# search --------------------------------------------------------------------------------------------


@handles(routes.SEARCH)
def search(turn: Turn) -> Screen:
    """The typed text is looked for; without one it is asked for."""
    text = _typed(turn)
    if text:
        return _results(turn, service.packed(text))
    if not turn.event.private:
        return screens.search_prompt_in_group(turn.bot_username)
    return screens.search_prompt({each: service.packed(each) for each in texts.EXAMPLES})


@handles(routes.SEARCH_FOR)
def search_for(turn: Turn, query: str) -> Screen:
    """What a packed query finds."""
    return _results(turn, service.packed(query))


def _results(turn: Turn, query: str) -> Screen:
    sections = service.search(turn, query) if query else []
    private = turn.event.private
    if not sections:
        return screens.nothing(query, "" if private else turn.bot_username)
    if private:
        return screens.results(query, sections)
    return screens.results_in_group(query, sections, turn.bot_username)


@handles(routes.SEARCH_GROUP)
def search_group(turn: Turn, code: str, page: int, query: str) -> Screen:
    """One group of results, by pages."""
    query = service.packed(query)
    section = service.search_group(turn, code, query)
    if not section.found:
        return _results(turn, query)
    return screens.group_page(query, section, page)


@handles(routes.SEARCH_PICK)
def pick(turn: Turn, code: str, page: int, query: str) -> Screen | Goto | NotMine:
    """A typed number opens a result; anything else is a question."""
    said = _typed(turn).rstrip(".)")
    query = service.packed(query)
    if not said:
        return search_group(turn, code, page, query) if code else _results(turn, query)
    if not (said.isascii() and said.isdecimal()) or len(said) > MOST_DIGITS:
        return NotMine()
    found = _listed(turn, code, query)
    number = int(said)
    return Goto(found[number - 1].action) if 1 <= number <= len(found) else NotMine()


def _listed(turn: Turn, code: str, query: str) -> list[service.Found]:
    """The results behind the numbers on the screen."""
    if code:
        return service.search_group(turn, code, query).found
    most = screens.SHOWN if turn.event.private else screens.SHOWN_IN_GROUPS
    return [found for section in service.search(turn, query) for found in section.found[:most]]


# terms ---------------------------------------------------------------------------------------------


@handles(routes.TERMS)
def terms(turn: Turn) -> Screen | Goto | NotMine:
    """The typed text names a term; without one the letters are shown."""
    asked = _typed(turn)
    if not asked:
        if not turn.event.private:
            return screens.letters_in_group(turn.bot_username)
        found = _by_letter(turn)
        return screens.letters(sorted(found), len(turn.library.glossary))
    looked = turn.library.terms.look(asked)
    if looked.term is not None:
        return Goto(routes.TOPIC(looked.term.id))
    at_prompt = turn.event.kind == "text"
    if at_prompt and (not looked.near or turn.library.looks_like_question(asked)):
        return NotMine()
    in_group = "" if turn.event.private else turn.bot_username
    if looked.near:
        return screens.near(asked, looked.near, in_group)
    return screens.unknown(asked, service.packed(asked), in_group)


@handles(routes.TERM_LETTER)
def letter(turn: Turn, name: str, page: int) -> Screen | Goto:
    """The terms of one letter."""
    found = _by_letter(turn).get(name)
    if found is None:
        return Goto(routes.TERMS())
    return screens.letter(name, found, page)


def _by_letter(turn: Turn) -> dict[str, list[Term]]:
    """The terms by first letter, each list in order."""
    found: dict[str, list[Term]] = {}
    for term in sorted(turn.library.glossary.values(), key=lambda each: each.abbr.casefold()):
        found.setdefault(term.abbr[0].upper(), []).append(term)
    return found
