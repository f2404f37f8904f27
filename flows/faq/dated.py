"""Answers by date: the rule of the day asked about first, what changed, and then today's rule."""

from flows.faq import texts
from knowledge.as_of import AsOf
from knowledge.date_words import named
from knowledge.faq import Entry, Formerly
from knowledge.rule_days import Held, day_after, first_day, held, last_day


def opening(entry: Entry, as_of: AsOf) -> str:
    """What is known about the days asked about: the first lines of the answer."""
    found = held(entry, as_of)
    if found.past:
        return "\n".join(_past(each, as_of) for each in found.past)
    return _without_past(found, as_of)


def is_past(entry: Entry, as_of: AsOf) -> bool:
    """Whether an earlier rule is told, so that today's follows under its own heading."""
    return bool(held(entry, as_of).past)


def _past(each: Formerly, as_of: AsOf) -> str:
    """An earlier rule, with what has held since."""
    end, rules, after = _day(each.until), texts.listed(each.rule), _from(each.until)
    if as_of.end <= last_day(each.until):
        lines = [texts.on_that_day(as_of.said, each.text)]
        lines += [texts.changed(end, rules, after, each.then)] if each.then else []
    else:
        lines = [texts.until(end, rules, each.text)]
        lines += [texts.since(after, each.then)] if each.then else []
    if rules and not each.then:
        lines.append(texts.basis(each.rule, ""))
    if each.caution:
        lines.append(texts.note(each.caution))
    return "\n".join(lines)


def _without_past(found: Held, as_of: AsOf) -> str:
    since = _begun(found.since) if found.since else ""
    if found.same:
        return texts.same_rule(as_of.said, found.rule, since)
    if as_of.ahead:
        return texts.not_yet(as_of.said)
    return texts.only_present(as_of.said, found.rule, since)


def _day(when: str) -> str:
    """A year as it is, a day in words."""
    return when if len(when) == len("2021") else named(last_day(when) if len(when) == 7 else first_day(when))


def _begun(when: str) -> str:
    """A year or a month as it is known, a day in words: more than is known is not said."""
    day = _day(when)
    return day.partition(" ")[2] if len(when) == len("2021-01") else day


def _from(until: str) -> str:
    """When the next rule began."""
    after = day_after(until)
    return str(after.year) if len(until) == len("2021") else named(after)
