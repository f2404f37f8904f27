"""What people type as an answer: a letter, yes or no, counts, a survey index.

`parse_answer` says one of three things: the answer, why it cannot be taken, or that the text is no answer
(a question, a remark), which is then for somebody else.
"""

import re
from decimal import Decimal

from knowledge.answers import Choice, Index, Item
from knowledge.instrument_model import INDEX_SCALE, Indicator, Option
from knowledge.typed_ratio import parse_counts
from knowledge.typed_words import FILLERS, NO, YES, is_question, tokens, words
from knowledge.typed_words import NotAnAnswer as NotAnAnswer
from knowledge.typed_words import Parsed as Parsed
from knowledge.typed_words import Problem as Problem

Outcome = Parsed | Problem | NotAnAnswer
SHORT = 2
"""Words of an attempt at an answer; what is longer and cannot be taken is rather a remark."""


def parse_answer(item: Item, text: str) -> Outcome:
    """What `text`, typed at `item`, means. Never raises; sentences are Indonesian and ready to show."""
    if not text.strip() or len(text) > 300 or is_question(text):
        return NotAnAnswer()
    if item.options:
        return _choice(item, text)
    if item.scale == INDEX_SCALE:
        return _index(text)
    if isinstance(item, Indicator):
        return parse_counts(item, text)
    return NotAnAnswer()


def looks_like_answer(item: Item, text: str) -> bool:
    """Whether somebody who may not answer `item` tried to: "A" and "ya" count at every item."""
    typed = tokens(text)
    if not typed or is_question(text):
        return False
    if len(typed) <= SHORT and all(len(word) == 1 or word in YES or word in NO for word in typed):
        return True
    outcome = parse_answer(item, text)
    return isinstance(outcome, Parsed) or (isinstance(outcome, Problem) and len(typed) <= SHORT)


# Choices


def _choice(item: Item, text: str) -> Outcome:
    typed = tokens(text)
    if found := _by_text(item.options, typed):
        return Parsed(Choice(found.key))
    rest = [word for word in typed if word not in FILLERS]
    keys = [option.key for option in item.options]
    if not rest:
        return NotAnAnswer()
    if "Ya" in keys:
        return _yes_or_no(rest)
    if all(len(word) == 1 and word.isalpha() for word in rest):
        return _letters(keys, [word.upper() for word in rest])
    if rest[0].upper() in keys and (found := _by_text(item.options, rest[1:])):
        if found.key == rest[0].upper():
            return Parsed(Choice(found.key))
        return Problem(
            f"Huruf {rest[0].upper()} dan keterangannya berbeda. Ketik hurufnya saja: {_either(keys)}."
        )
    if all(word in YES or word in NO or word.isdecimal() for word in rest) and len(rest) <= 2:
        return Problem(f"Indikator ini dijawab {_either(keys)}. Ketik salah satu hurufnya.")
    return NotAnAnswer()


def _by_text(options: tuple[Option, ...], typed: list[str]) -> Option | None:
    """The option whose text was typed in full; None when none or several have it."""
    found = [option for option in options if tokens(option.text) == typed]
    return found[0] if len(found) == 1 else None


def _letters(keys: list[str], letters: list[str]) -> Outcome:
    wanted = sorted(set(letters))
    if len(wanted) > 1:
        return Problem(f"Pilih satu saja: {_either([key for key in keys if key in wanted] or keys)}.")
    if wanted[0] in keys:
        return Parsed(Choice(wanted[0]))
    return Problem(f"Pilihan {wanted[0]} tidak ada pada indikator ini. Yang ada {_either(keys)}.")


def _yes_or_no(rest: list[str]) -> Outcome:
    ask = Problem("Indikator ini dijawab Ya atau Tidak. Ketik salah satunya.")
    if all(len(word) == 1 and word in "abcde12" for word in rest):
        return ask
    if not all(word in YES or word in NO for word in rest):
        return NotAnAnswer()
    if rest[0] in NO:
        return Parsed(Choice("Tidak"))
    return ask if any(word in NO for word in rest) else Parsed(Choice("Ya"))


def _either(keys: list[str]) -> str:
    """As read aloud: "A, B, atau C"."""
    if len(keys) < 3:
        return " atau ".join(keys)
    return f"{', '.join(keys[:-1])}, atau {keys[-1]}"


# The survey index

NUMBER = re.compile(r"(?<![\w.,])-?\d+(?:[.,]\d+)?(?![\w]|[.,]\d)")
INDEX_WORDS = words(
    "indeks index nilai skor ipak ipkp spak spkp survei survey hasil hasilnya dari skala per unit ya"
)
INDEX_HELP = "Ketik indeks skala 0 sampai 4, misalnya 3,62."


def _index(text: str) -> Outcome:
    numbers = [Decimal(found.replace(",", ".")) for found in NUMBER.findall(text)]
    others = [
        word for word in tokens(NUMBER.sub(" ", text)) if word not in INDEX_WORDS and word not in FILLERS
    ]
    if not numbers:
        return NotAnAnswer()
    if others:
        return NotAnAnswer() if len(others) > 2 else Problem(INDEX_HELP)
    value, scale = numbers[0], numbers[1] if len(numbers) == 2 else None
    if len(numbers) > 2 or scale not in (None, 4, 100):
        return Problem(f"Perlu satu angka saja. {INDEX_HELP}")
    if value < 0:
        return Problem(f"Indeks tidak dapat negatif. {INDEX_HELP}")
    if scale == 100 or "%" in text or (scale is None and 25 <= value <= 100):
        return _from_hundred(value)
    if value > 4:
        return Problem(f"Indeks {_shown(value)} di luar skala 0 sampai 4. {INDEX_HELP}")
    return Parsed(Index(value))


def _from_hundred(value: Decimal) -> Problem:
    if value > 100:
        return Problem(f"Nilai {_shown(value)} melebihi skala 100. {INDEX_HELP}")
    index = value / 25
    return Problem(
        f"{_shown(value)} tampaknya berskala 100. Bila survei memakai konversi SKM, nilai itu dibagi 25 "
        f"menjadi {_shown(index)}. Ketik {_shown(index)} bila itu yang dimaksud.",
        Index(index),
    )


def _shown(value: Decimal) -> str:
    """With a comma, and without zeros at the end."""
    return f"{value.normalize():f}".replace(".", ",")
