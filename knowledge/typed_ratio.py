"""Counts as people type them: "18 dari 20", "18/20", "wajib 20 selesai 18", a number on each line.

The readers are tried from the plainest form to the loosest. What is doubtful is asked back, never guessed.
"""

import re
from collections.abc import Mapping

from knowledge.answers import Notice, Ratio, judge
from knowledge.instrument_model import Formula, Indicator, RatioInput
from knowledge.typed_words import NO, NotAnAnswer, Parsed, Problem, tokens, words

LARGEST = 1_000_000
KEPT = "Isian lama tetap tersimpan."
UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
NUMBER_WORDS = {word: number for number, word in enumerate(UNITS)} | {
    "sepuluh": 10,
    "sebelas": 11,
    "kosong": 0,
    "nihil": 0,
    **{f"{word} belas": number + 10 for number, word in enumerate(UNITS) if number > 1},
    "dua puluh": 20,
}
UNDONE = words("belum blm blom belom sisa sisanya kurang kurangnya tinggal")  # the number is what is not done
WORDS_FIRST_LONGEST = sorted(NUMBER_WORDS, key=len, reverse=True)
SPELLED = re.compile(rf"\b(?:{'|'.join(WORDS_FIRST_LONGEST)})\b")
THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?:\.\d{3})+)(?![\d.,]*\d)")
DECIMAL = re.compile(r"\d[.,]\d")
NEGATIVE = re.compile(r"(?<![\w)])[-−]\s?\d")
NUMBER = re.compile(r"\d+")
PAIR = re.compile(r"(\d+)\s*(?:/|:|banding)\s*(\d+)")
OUT_OF = re.compile(r"(\d+)[^\d]*?\b(?:dari|dr|of)\b[^\d]*?(\d+)")
FROM_FIRST = re.compile(r"\b(?:dari|dr)\b[^\d]*?(\d+)\D+?(\d+)")
FROM_TO = re.compile(r"(\d+)\s*(?:->|→|=>|menjadi|jadi|ke|turun ke)\s*(\d+)")


def parse_counts(item: Indicator, text: str) -> Parsed | Problem | NotAnAnswer:
    """What `text` says about a ratio indicator."""
    assert item.formula is not None
    plain = _plain(text)
    numbers = [int(found) for found in NUMBER.findall(plain)]
    if not numbers:
        return _without_numbers(item, plain)
    if problem := _impossible_form(item, plain, numbers):
        return problem
    readers = () if UNDONE.intersection(tokens(plain)) else (_pair, _labelled, _one_a_line)
    for read in readers:
        inputs = read(item, item.formula, plain)
        if inputs is not None:
            return _checked(item, item.formula, inputs)
    return _ask(item, plain, numbers)


def _plain(text: str) -> str:
    """Lower case, number words as figures, thousands without points; lines kept."""
    text = "\n".join(" ".join(line.split()) for line in text.lower().splitlines() if line.strip())
    text = SPELLED.sub(lambda found: str(NUMBER_WORDS[found[0]]), text)
    return THOUSANDS.sub(lambda found: found[1] + found[2].replace(".", ""), text)


def _without_numbers(item: Indicator, plain: str) -> Problem | NotAnAnswer:
    words = tokens(plain)
    if words and words[0] in NO and len(words) <= 4:
        return Problem(f"Bila memang tidak ada, ketik angkanya. Contoh: {example(item)}.")
    return NotAnAnswer()


def _impossible_form(item: Indicator, plain: str, numbers: list[int]) -> Problem | None:
    """Numbers that can be no counts, whatever they stand for."""
    if NEGATIVE.search(plain):
        return Problem(f"Jumlah tidak dapat negatif. Contoh: {example(item)}. {KEPT}")
    if DECIMAL.search(plain):
        return Problem(f"Yang diisi adalah jumlah, jadi bilangan bulat. Contoh: {example(item)}. {KEPT}")
    if "%" in plain or "persen" in plain:
        return Problem(f"Tulis jumlahnya, bukan persennya. Contoh: {example(item)}. {KEPT}")
    if max(numbers) > LARGEST:
        return Problem(f"Angka {max(numbers)} terlalu besar untuk isian ini. {KEPT}")
    return None


# The ways of writing


def _pair(item: Indicator, formula: Formula, plain: str) -> dict[str, int] | None:
    """As in "18 dari 20", "18/20", "dari 20 selesai 18"; from year to year "dari 4 menjadi 2"."""
    if len(NUMBER.findall(plain)) != 2:
        return None
    if formula.kind == "penurunan":
        found = FROM_TO.search(plain)
        return {formula.previous: int(found[1]), formula.current: int(found[2])} if found else None
    if len(formula.numerator) != 1 or len(formula.denominator) != 1:
        return None
    above, below = formula.numerator[0], formula.denominator[0]
    if found := PAIR.search(plain) or OUT_OF.search(plain):
        return {above: int(found[1]), below: int(found[2])}
    if found := FROM_FIRST.search(plain):
        return {above: int(found[2]), below: int(found[1])}
    return None


def _labelled(item: Indicator, formula: Formula, plain: str) -> dict[str, int] | None:
    """As in "wajib 20 selesai 18" or "20 wajib, 18 selesai": each number beside its word."""
    marks = _marks(item.inputs, plain)
    kinds = [isinstance(mark, int) for mark in marks]
    if len(marks) < 2 or len(marks) % 2 or kinds != [kinds[0], not kinds[0]] * (len(marks) // 2):
        return None
    pairs = [tuple(marks[place : place + 2]) for place in range(0, len(marks), 2)]
    inputs: dict[str, int] = {}
    for first, second in pairs:
        key, count = (second, first) if isinstance(first, int) else (first, second)
        if not isinstance(key, str) or not isinstance(count, int) or key in inputs:
            return None
        inputs[key] = count
    return inputs


def _marks(inputs: tuple[RatioInput, ...], plain: str) -> list[str | int]:
    """Numbers and input keys in the order they stand; an input named twice in a row counts once."""
    names = {word: each.key for each in inputs for word in each.words}
    pattern = re.compile(
        "|".join([*(rf"\b{word}\b" for word in sorted(names, key=len, reverse=True)), r"\d+"])
    )
    marks: list[str | int] = []
    for found in pattern.findall(plain):
        mark = int(found) if found.isdecimal() else names[found]
        if isinstance(mark, int) or marks[-1:] != [mark]:
            marks.append(mark)
    return marks


def _one_a_line(item: Indicator, formula: Formula, plain: str) -> dict[str, int] | None:
    """A bare number on each line, in the order in which the inputs are shown."""
    lines = plain.splitlines()
    if len(lines) < 2 or not all(line.isdecimal() for line in lines):
        return None
    needed = [each.key for each in item.inputs if each.in_formula]
    every = [each.key for each in item.inputs]
    keys = every if len(lines) == len(every) else needed
    return dict(zip(keys, map(int, lines), strict=True)) if len(lines) == len(keys) else None


# What to make of them


def _checked(item: Indicator, formula: Formula, inputs: Mapping[str, int]) -> Parsed | Problem:
    missing = [each for each in item.inputs if each.in_formula and each.key not in inputs]
    if missing:
        wanted = "; ".join(each.label for each in missing)
        return Problem(f"Masih kurang: {wanted}. Contoh: {example(item)}. {KEPT}")
    answer = Ratio(dict(inputs))
    notice = judge(item, answer).notice
    if notice is Notice.EXCEEDS:
        above = sum(inputs[key] for key in formula.numerator)
        below = sum(inputs[key] for key in formula.denominator)
        return Problem(f"{above} dari {below} tidak mungkin: {formula.impossible}. {KEPT}")
    return Parsed(answer, NOTES.get(notice, "") if notice else "")


NOTES = {
    Notice.ZERO_DENOMINATOR: "Pembaginya 0, jadi indikator ini belum dapat dinilai. Pastikan kepada TPI.",
    Notice.RISE_FROM_ZERO: "Tahun lalu 0 dan tahun ini ada pelanggaran, jadi nilainya 0.",
}


def _ask(item: Indicator, plain: str, numbers: list[int]) -> Problem | NotAnAnswer:
    """Numbers that fit no form: asked back when the text is short enough to be meant as an answer."""
    others = [word for word in tokens(plain) if not word.isdecimal()]
    if len(others) > 8:
        return NotAnAnswer()
    formula = item.formula
    if formula and len(numbers) == 2 and not others and len(formula.denominator) == 1:
        above, below = numbers
        if formula.may_exceed or above <= below:
            guess = Ratio({formula.numerator[0]: above, formula.denominator[0]: below})
            form = f"{above} dari {below}"
            return Problem(f"Apakah maksudnya {form}? Bila ya, ketik {form}.", guess)
    wanted = "; ".join(each.label for each in item.inputs if each.in_formula)
    return Problem(f"Yang diperlukan: {wanted}. Contoh: {example(item)}.")


def example(item: Indicator) -> str:
    """An answer to this indicator as one would type it."""
    formula = item.formula
    if formula and formula.kind == "rasio" and len(formula.denominator) == 1:
        return "18 dari 20"
    needed = [each for each in item.inputs if each.in_formula]
    counts = (4, 2) if len(needed) == 2 else (1, 3, 4, 8)
    return ", ".join(f"{each.words[0]} {count}" for each, count in zip(needed, counts, strict=False))
