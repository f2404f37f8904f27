"""What dictation writes out: short names by letters ("we be ka"), numbers in words ("tujuh puluh")."""

from collections.abc import Collection, Iterator, Mapping, Sequence

UNITS: Mapping[str, int] = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}
WHOLE: Mapping[str, int] = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
SIZE: Mapping[str, int] = {"puluh": 10, "ratus": 100, "ribu": 1000}
SIZES = frozenset({"belas", *SIZE})
COMMA = "koma"
NUMBER_WORDS = frozenset({*UNITS, *WHOLE, *SIZES})
FEWEST, MOST = 2, 8
"""How many letters a spelled-out short name has."""


def written(words: Sequence[str], letters: Mapping[str, str], names: Collection[str]) -> list[str]:
    """The words with spelled-out names and numbers put together; all others as they are."""
    return list(_numbered(list(_joined(words, letters, names))))


def _joined(words: Sequence[str], letters: Mapping[str, str], names: Collection[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and end - place < MOST and words[end] in letters:
            end += 1
        for stop in range(end, place + FEWEST - 1, -1):
            name = "".join(letters[word] for word in words[place:stop])
            if name in names:
                yield name
                place = stop
                break
        else:
            yield words[place]
            place += 1


def _numbered(words: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and words[end] in NUMBER_WORDS:
            end += 1
        run = words[place:end]
        if len(run) > 1 and not {*SIZES, *WHOLE}.isdisjoint(run):
            yield from _figures(run)
        elif run:
            yield from run
        if end == place:
            yield words[place]
            end += 1
        place = end


def _figures(run: Sequence[str]) -> Iterator[str]:
    """The numbers that a run of number words says, each as digits."""
    place = 0
    while place < len(run):
        value, after = _value(run, place)
        if after == place:
            yield run[place]
            after += 1
        else:
            yield str(value)
        place = after


def _value(run: Sequence[str], place: int) -> tuple[int, int]:
    """One number from `place` on, and where it ends. Each part must be smaller than the one before."""
    total, above = 0, 10_000
    while place < len(run) and above > 1:
        part, size, used = _part(run, place, above)
        if not used or size >= above:
            break
        total, above, place = total + part, size, place + used
    return total, place


def _part(run: Sequence[str], place: int, above: int) -> tuple[int, int, int]:
    """The next part of a number: its value, the size of its last place, and how many words it takes."""
    word, after = run[place], run[place + 1] if place + 1 < len(run) else ""
    if word in WHOLE:
        value = WHOLE[word]
        return value, 1 if value < 20 else value, 1
    unit = UNITS.get(word)
    if unit is None:
        return 0, 0, 0
    if after == "belas":
        return unit + 10, 1, 2
    if after in SIZES:
        size = SIZE[after]
        return unit * size, size, 2
    if above == SIZE["ribu"] and after in UNITS:
        return unit * 10 + UNITS[after], 1, 2  # "dua ribu dua lima"
    return unit, 1, 1
