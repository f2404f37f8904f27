"""Taking out of a text what points to a person: addresses, account names, long numbers."""

import re

from flows import fmt

_MAIL = re.compile(r"\S+@\S+\.\S+")
_ACCOUNT = re.compile(r"(?<!\w)@\w{4,}")
_NUMBER = re.compile(r"(?<![\w/])\+?\d(?:[\s.-]?\d){8,}(?!\w)")


def masked(text: str, limit: int) -> str:
    """The text on one line in at most `limit` characters, without addresses, accounts and long numbers.

    Names of people cannot be told from other words; the prompts ask not to write them.
    """
    text = _MAIL.sub("[surel]", fmt.one_line(text))
    text = _ACCOUNT.sub("[akun]", text)
    return _NUMBER.sub("[nomor]", text)[:limit]
