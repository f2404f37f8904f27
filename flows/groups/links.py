"""Ways from a group into the private chat: start parameters that lead to exactly one screen."""

import re

from flows import routes
from flows.faq.brief import url
from flows.routes import Action

ADD = "tautkan"
"""What a group says by itself when the bot was added through the button of the private screen."""
_CLAIM = re.compile(r"grup-(\d{1,12})")
_COPY = re.compile(r"salin-(\d{1,12})-([A-Z]{0,6})")
_ASKED = re.compile(r"kita-([a-z]{1,12})-([A-Za-z0-9]{0,6})-(\d{1,12})")


def meant(start: str) -> Action | None:
    """What a start parameter of ours opens; None for any other."""
    if found := _CLAIM.fullmatch(start):
        return routes.GROUP_CLAIM(int(found[1]))
    if found := _COPY.fullmatch(start):
        return routes.GROUP_COPY(int(found[1]), found[2])
    if found := _ASKED.fullmatch(start):
        return routes.GROUP_ANSWER(int(found[3]), found[1], found[2])
    return None


def claim_url(bot_username: str, claim_id: int) -> str:
    """To the choice of a unit for a group."""
    return url(bot_username, f"grup-{claim_id}")


def answer_url(bot_username: str, kind: str, named: str, unit_id: int) -> str:
    """To the answer to a question about one's own unit."""
    return url(bot_username, f"kita-{kind}-{named}-{unit_id}")


def copy_url(bot_username: str, group_id: int, area_id: str) -> str:
    """To the summary of a group as plain text."""
    return url(bot_username, f"salin-{group_id}-{area_id}")


def settings_url(bot_username: str) -> str:
    """To the private chat, without more."""
    return f"https://t.me/{bot_username}"


def add_url(bot_username: str) -> str:
    """Telegram's own list of groups, to put the bot into one."""
    return f"https://t.me/{bot_username}?startgroup={ADD}"
