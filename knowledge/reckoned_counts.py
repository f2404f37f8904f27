"""Ratios and falls from the counts in a question: "agen 5, perubahan 4", "tahun lalu 5, tahun ini 2".

A third count may complete the other two ("masuk 20, selesai 15, 5 masih proses"), count something beside them
("dari 40 pegawai 12 wajib, 11 lapor"), or be the second ratio of the agents of change.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import permutations

from knowledge.answers import Blank, Ratio, judge
from knowledge.asked_part import ASKING
from knowledge.instrument_model import Indicator, Instrument
from knowledge.sums import Reckoned

PENDING = frozenset({"diproses", "proses", "pending", "menunggu", "berjalan", "menggantung", "macet"})
UNDONE = frozenset({"belum", "sisa", "sisanya", "tinggal"}) | PENDING
DENIED = frozenset({"tidak", "belum"})
BESIDE = frozenset({"pegawai", "orang", "staf", "asn", "total", "seluruh", "semua"})
"""Beside one of these a third number counts something else."""
PLAIN_COUNTS = 16
"""So few words that are all about counts, without a question, ask what they come to."""
NOT_COUNTED = frozenset({"area", "reform", "permenpanrb", "nomor", "pasal", "pp", "wbk", "tahap"})
FIRST_YEAR, LAST_YEAR = 1990, 2100


def word_set(text: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(text.split())


ABOUT_VALUES = word_set(
    "nilai poin skor dapat jadi menjadi konversi dikonversi hitung dihitung hitungnya lolos lulus cukup "
    "aman masuk memenuhi bisa boleh layak sampai setara lewat mencapai"
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A ratio indicator, the topic that tells about it, and the words that name it and its two counts."""

    id: str
    topic: str
    cues: tuple[frozenset[str], ...]
    above: frozenset[str]
    below: frozenset[str]


DONE = word_set("selesai tuntas beres diselesaikan rampung ditindaklanjuti")
HANDED = word_set("lapor melapor melaporkan sudah dilaporkan")
EASED = word_set("dipermudah mudah permudah dipangkas pangkas disederhanakan dipersingkat dipercepat")
COUNTED = (
    _Counted(
        "MP.R.1.b",
        "agen-perubahan-target",
        (word_set("perubahan"), word_set("terintegrasi integrasi diintegrasikan")),
        word_set("terintegrasi integrasi diintegrasikan"),
        word_set("perubahan"),
    ),
    _Counted(
        "MP.R.1.a",
        "agen-perubahan-target",
        (word_set("agen"), word_set("perubahan menghasilkan membuat hasil")),
        word_set("perubahan menghasilkan"),
        word_set("agen orang"),
    ),
    _Counted(
        "SDM.R.3.a",
        "reform-area-3",
        (word_set("pelanggaran disiplin hukuman melanggar"), word_set("lalu turun menjadi jadi kemarin")),
        word_set("ini menjadi jadi sekarang"),
        word_set("lalu kemarin dari"),
    ),
    _Counted(
        "PW.R.2.a",
        "reform-area-5",
        (word_set("pengaduan aduan dumas"), DONE | PENDING | {"belum"}),
        DONE,
        word_set("pengaduan aduan dumas masuk dari"),
    ),
    _Counted("PW.R.3.a", "lhkpn", (word_set("lhkpn"), HANDED), HANDED, word_set("wajib dari orang")),
    _Counted(
        "PW.R.3.b",
        "lhkasn-spt",
        (word_set("lhkan lhkasn spt"), HANDED),
        HANDED,
        word_set("wajib dari pegawai orang"),
    ),
    _Counted(
        "AK.R.1.a",
        "reform-area-4",
        (word_set("sasaran target"), word_set("tercapai capai mencapai")),
        word_set("tercapai capai mencapai"),
        word_set("sasaran target dari"),
    ),
    _Counted(
        "PP.R.1.b",
        "reform-area-6",
        (word_set("layanan perizinan izin pelayanan"), EASED),
        EASED,
        word_set("layanan perizinan izin pelayanan jenis dari terdaftar"),
    ),
)


GENERAL = word_set("dari orang pegawai jenis masuk")
"""Words that stand beside any whole: they count only where its own name is missing."""
INTEGRATED, AGENTS = COUNTED[0], COUNTED[1]
OF_RULES = word_set("sop sistem")
"""What a change is integrated into: beside agents these mean the changes that were."""


def of_counts(words: Sequence[str], said: Set[str], instrument: Instrument) -> Reckoned | None:
    """The worth of the two or three counts named in a question; None where it holds no such."""
    places = [place for place in range(len(words)) if _is_count(words, place)]
    if len(places) not in (2, 3) or all(words[place] == "1" for place in places):
        return None
    named = not said.isdisjoint(ABOUT_VALUES | {"berapa", "persen", "bagaimana", "lebih", "penuh"})
    if not named and (len(words) > PLAIN_COUNTS or not ASKING.isdisjoint(said)):
        return None
    if len(places) == 3:
        both = _of_agents(words, said, places, instrument)
        if both is not None:
            return both
    for each in COUNTED:
        if all(not said.isdisjoint(cue) for cue in each.cues):
            found = _counted(each, words, places, instrument)
            if found is not None:
                return found
    return None


def _of_agents(
    words: Sequence[str], said: Set[str], places: Sequence[int], instrument: Instrument
) -> Reckoned | None:
    """Agents, changes and integrated changes, in whichever order: both ratios."""
    if "agen" not in said or "perubahan" not in said:
        return None
    integrated = INTEGRATED.above | OF_RULES
    if said.isdisjoint(integrated):
        return None

    def apart(place: int, names: Set[str]) -> int:
        return min((abs(place - other) for other in _named(words, names)), default=len(words))

    agents, changes, kept = min(
        permutations(places, 3),
        key=lambda each: (
            apart(each[0], {"agen"}) + apart(each[1], {"perubahan"}) + apart(each[2], integrated)
        ),
    )
    number = {place: _count(words[place]) for place in places}
    first = _ratio_of(AGENTS, number[changes], number[agents], instrument)
    second = _ratio_of(INTEGRATED, number[kept], number[changes], instrument)
    return replace(first, then=second) if first and second else None


def _counted(
    each: _Counted, words: Sequence[str], places: Sequence[int], instrument: Instrument
) -> Reckoned | None:
    above, below = _assigned(each, words, places)
    counts = {place: _count(words[place]) for place in places}
    many, whole = counts[above], counts[below]
    if not UNDONE.isdisjoint(words[max(0, above - 2) : above + 3]) and not _done_beside(each, words, above):
        many = whole - many
    for third in set(places) - {above, below}:
        beside = {*words[max(0, third - 1) : third + 2]}
        if counts[third] not in (whole - many, many) and beside.isdisjoint(BESIDE):
            return None
    return _ratio_of(each, many, whole, instrument)


def _done_beside(each: _Counted, words: Sequence[str], place: int) -> bool:
    """Whether the number itself is that of what is done: "15 selesai, 5 belum"."""
    beside = words[max(0, place - 1) : place + 2]
    return not each.above.isdisjoint(beside) and UNDONE.isdisjoint(beside)


def _ratio_of(each: _Counted, many: int, whole: int, instrument: Instrument) -> Reckoned | None:
    item = instrument.by_id[each.id]
    assert isinstance(item, Indicator)
    assert item.formula is not None
    formula = item.formula
    if formula.kind == "penurunan":
        inputs = {formula.previous: whole, formula.current: many}
    else:
        if many < 0 or (many > whole and not formula.may_exceed):
            return None
        inputs = dict.fromkeys(formula.denominator, 0) | {formula.denominator[-1]: whole}
        inputs |= dict.fromkeys(formula.numerator, 0) | {formula.numerator[0]: many}
    worth = judge(item, Ratio(inputs))
    if isinstance(worth.value, Blank):
        return None
    return Reckoned(
        "fall" if formula.kind == "penurunan" else "ratio",
        each.topic,
        points=worth.value * item.max_points,
        most=item.max_points,
        above=many,
        below=whole,
        notice=worth.notice,
    )


def _is_count(words: Sequence[str], place: int) -> bool:
    word = words[place]
    if word in ("nol", "nihil"):
        return True
    if not word.isdecimal() or FIRST_YEAR <= int(word) <= LAST_YEAR or len(word) > 5:
        return False
    before = words[place - 1] if place else ""
    after, then = (*words[place + 1 : place + 3], "", "")[:2]
    if after == "tahun" and then in ("ini", "lalu"):
        after = ""
    hundred = word == "100" and {"persen", "tercapai", "lebih"} & {before, after, *words[:place][-2:]}
    return before not in NOT_COUNTED and after not in ("persen", "tahun", "hari") and not hundred


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else 0


def _assigned(each: _Counted, words: Sequence[str], places: Sequence[int]) -> tuple[int, int]:
    """Which of the numbers is above and which below: those nearest to their words."""
    own = each.below - GENERAL
    below_names = each.below if own.isdisjoint(words) else own
    above_names = each.above if not each.above.isdisjoint(words) else PENDING | {"belum"}

    def apart(place: int, names: Set[str]) -> int:
        return min((abs(place - other) for other in _named(words, names)), default=len(words))

    def cost(pair: tuple[int, int]) -> tuple[int, int]:
        above, below = pair
        denied = not DENIED.isdisjoint(words[above + 1 : above + 2]) and above_names is each.above
        of_all = below_names is own and not BESIDE.isdisjoint(words[below + 1 : below + 2])
        far = apart(above, above_names) + apart(below, below_names) + denied + of_all
        return far, _count(words[above]) - _count(words[below])

    return min(((first, second) for first, second in permutations(places, 2)), key=cost)


def _named(words: Sequence[str], names: Set[str]) -> list[int]:
    """Where one of these words stands; the "perubahan" of an "agen perubahan" is none."""
    return [
        place
        for place, word in enumerate(words)
        if word in names and not (word == "perubahan" and place and words[place - 1] == "agen")
    ]
