"""Sums that a question asks for: "IPAK 3,1 berapa poin", "agen 5, perubahan 4", "SAKIP B cukup?".

What is read here is worked out from the instrument's own formulas and from the conditions of proposal; the
wording is the caller's. Whatever is doubtful is left to the ordinary answer.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from knowledge.answers import Choice, Index, judge
from knowledge.eligibility import Line, Process
from knowledge.figures_said import NUMBER
from knowledge.instrument_model import INDEX_SCALE, Gate, Instrument, ResultItem, Target
from knowledge.reckoned_counts import ABOUT_VALUES, NOT_COUNTED, of_counts, word_set
from knowledge.sums import Gates, Reckoned

IPAK, IPKP = frozenset({"ipak", "spak"}), frozenset({"ipkp", "spkp"})
ENOUGH = word_set(
    "lolos lulus cukup aman masuk memenuhi bisa boleh layak usul diusulkan mengusulkan mengusul ikut maju "
    "diajukan mengajukan wbk wbbm gugur gagal nekat mungkin otomatis"
)
NO_INDEX = word_set(
    "rb spbe pemdi kepuasan profesionalitas maturitas risiko spip sakip akip ipp iku pekppp minimal "
    "minimum batas ambang syarat bulat dibulatkan bulatkan pembulatan membulatkan"
)
OF_WORKSHEET = frozenset({"lke", "nilai", "poin", "konversi", "survei", "skor"})
"""An index without a name is one of the two surveys only beside these."""
TO_FOUR = frozenset({"skala", "konversi", "dikonversi", "indeks", "ipkp", "ipak", "bagi", "dibagi"})
RIVAL = frozenset({"bobot", "bukti", "bukti_dukung", "eviden", "contoh", "rumus", "aturan"})
INDEX_MAX, HUNDRED_FROM = Decimal(4), Decimal(25)

GRADES = (("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50), ("C", 30), ("D", -1))
"""Predicates of SAKIP and of the RB index, each with the value above which it begins."""
LEVELS = frozenset({"level", "tingkat", "maturitas"})
OPINIONS = {"wtp": "WTP", "wdp": "WDP", "tmp": "TMP", "disclaimer": "TMP", "adverse": "TW"}
OTHER_WAY = frozenset({"jalan", "jalur", "alternatif", "cara", "solusi"})
OF_REGION = frozenset(
    {"pemda", "kabupaten", "kota", "provinsi", "pemkab", "pemkot", "pemprov", "kab", "daerah"}
)
OF_MINISTRY = frozenset({"kementerian", "lembaga", "kl", "badan"})
OF_UNIT = frozenset({"unit", "satker", "satuan", "kantor", "upt", "balai"})
YEAR = re.compile(r"20\d\d")
TAILED = 5
"""Of longer words "-nya" is cut off: "indeksnya" is the index."""


MAYBE = re.compile(
    r"\d|\b(?:sakip|akip|opini\w*|wdp|wtp|disclaimer|capaian|kinerja|indeks|nol|nihil|satu|dua|tiga|empat|lima|enam|"
    r"tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh)\b",
    re.IGNORECASE,
)


def may_ask(text: str) -> bool:
    """Whether anything in a text could be worked out: a figure, or a predicate of what has some."""
    return MAYBE.search(text) is not None


class Reckoner:
    """Reads sums out of spelled-out words. Immutable."""

    def __init__(self, instrument: Instrument, process: Process) -> None:
        surveys = [item for item in instrument.results if item.scale == INDEX_SCALE]
        self._ipak, self._ipkp = surveys[0], surveys[-1]
        self._outcome = next(item for item in instrument.results if item.options)
        self._instrument = instrument
        self._lines = {line.id: line for line in process.eligibility}

    def read(self, words: Sequence[str]) -> Reckoned | None:
        """What the question asks to be worked out; None for any other. Never raises."""
        words = [word.removesuffix("nya") if len(word) > TAILED else word for word in words]
        words = _years_as_labels(words)
        said = set(words)
        if not RIVAL.isdisjoint(said):
            return None
        return (
            self._condition(words, said)
            or self._survey(words, said)
            or self._achievement(words, said)
            or of_counts(words, said, self._instrument)
        )

    # survey indexes --------------------------------------------------------------------------------------

    def _survey(self, words: Sequence[str], said: set[str]) -> Reckoned | None:
        item = self._ipak if said & IPAK else self._ipkp if said & IPKP else None
        if (
            (said & IPAK and said & IPKP)
            or not said.isdisjoint(NO_INDEX)
            or said.isdisjoint(ABOUT_VALUES | {"berapa"})
        ):
            return None
        values = [value for value in _values(words) if value not in (4, 100, Decimal("17.5"))]
        if len(values) != 1:
            return None
        value = values[0]
        spelled = str(value).replace(".", ",")
        near = value % 1 or words[max(0, words.index(spelled) - 1)] in IPAK | IPKP | {"indeks"}
        if (
            near
            and 1 <= value < INDEX_MAX
            and (item or ("indeks" in said and said & OF_WORKSHEET and not said & {"ikm", "skm", "ipk"}))
        ):
            points = _worth(item or self._ipak, Index(value)) * (item or self._ipak).max_points
            return self._index(item, value, points)
        if item and INDEX_MAX < value <= Decimal("17.5") and "indeks" in said:
            return Reckoned(
                "points",
                "konversi-indeks",
                _short(item, self),
                value=value,
                points=Fraction(value) / item.max_points * 4,
            )
        if (
            HUNDRED_FROM <= value <= 100
            and said & (IPAK | IPKP | {"ikm", "skm"})
            and said & TO_FOUR
            and "4" in said | _scaled(words)
        ):
            return Reckoned("hundred", "konversi-indeks", "", value=value, points=Fraction(value) / 25)
        return None

    def _index(self, item: ResultItem | None, value: Decimal, points: Fraction) -> Reckoned:
        if item is None:
            return Reckoned(
                "index", "konversi-indeks", value=value, points=points, most=self._ipak.max_points
            )
        gates = self._gates("hasil.ipak" if item is self._ipak else "hasil.pelayanan")
        return Reckoned(
            "index",
            "konversi-indeks",
            _short(item, self),
            value=value,
            points=points,
            most=item.max_points,
            met=_held(gates, points),
            need=_needs(gates),
        )

    def _gates(self, id: str) -> Mapping[Target, Gate]:
        return {
            target: next(gate for gate in gates if gate.id == id)
            for target, gates in self._instrument.gates.items()
        }

    def _achievement(self, words: Sequence[str], said: set[str]) -> Reckoned | None:
        """The choice made for the outcome item: "capaian kinerja pilihan C poinnya berapa"."""
        keys = [word.upper() for word in words if word in ("a", "b", "c", "d", "e")]
        if "capaian" not in said or len(keys) != 1 or said.isdisjoint(ABOUT_VALUES | {"wbk", "wbbm"}):
            return None
        if not said.isdisjoint({"sakip", "akip", "zi", "target", "area"}):
            return None
        item = self._outcome
        points = _worth(item, Choice(keys[0])) * item.max_points
        gates = self._gates("hasil.capaian")
        return Reckoned(
            "option",
            "capaian-kinerja-hasil",
            said=keys[0],
            points=points,
            most=item.max_points,
            met=_held(gates, points),
            need=_needs(gates),
        )

    # counts ----------------------------------------------------------------------------------------------

    def _condition(self, words: Sequence[str], said: set[str]) -> Reckoned | None:
        if said.isdisjoint(ENOUGH):
            return None
        if "opini" in said or said & OPINIONS.keys():
            return self._opinion(words)
        if said & {"sakip", "akip"} and not said & {"spip"}:
            unit = said & OF_UNIT and not said & (OF_REGION | OF_MINISTRY | {"instansi"})
            line = self._lines["sakip_unit" if unit else "sakip"]
            return _graded(
                line,
                words,
                "SAKIP unit" if unit else "SAKIP instansi",
                "sakip-unit" if unit else "syarat-instansi",
            )
        if "indeks" in said and ("rb" in said or {"reformasi", "birokrasi"} <= said):
            region = bool(said & OF_REGION)
            if not region and not said & OF_MINISTRY:
                return None
            line = self._lines["indeks_rb_pemda" if region else "indeks_rb_kl"]
            return _graded(
                line,
                words,
                "Indeks RB pemda" if region else "Indeks RB kementerian/lembaga",
                "syarat-instansi",
            )
        if "spip" in said and said & LEVELS:
            return self._level(words)
        return None

    def _opinion(self, words: Sequence[str]) -> Reckoned | None:
        named = {OPINIONS[word] for word in words if word in OPINIONS}
        if {"tidak", "menyatakan", "pendapat"} <= set(words):
            named.add("TMP")
        others = named - {"WTP"}
        if len(others) != 1 or not OTHER_WAY.isdisjoint(words):
            return None
        return Reckoned("opinion", "wtp", said=others.pop())

    def _level(self, words: Sequence[str]) -> Reckoned | None:
        values = [value for value in _values(words) if 0 < value <= 5]
        need = self._lines["spip"].WBK.split()[-1]
        if len(values) != 1 or not need.isdecimal():
            return None
        met = values[0] >= int(need)
        return Reckoned("level", "maturitas-spip", value=values[0], met=Gates(met, met), said=need)


def _years_as_labels(words: Sequence[str]) -> Sequence[str]:
    """Of two years named beside each other the earlier is the last year, the later this one."""
    years = sorted({word for word in words if YEAR.fullmatch(word)})
    if len(years) != 2:
        return words
    label = {years[0]: "lalu", years[1]: "ini"}
    return [label.get(word, word) for word in words]


def _graded(line: Line, words: Sequence[str], name: str, topic: str) -> Reckoned | None:
    """A predicate, or a value of up to a hundred, held against the line."""
    grades = [word.upper() for word in words if word.upper() in dict(GRADES)]
    values = [value for value in _values(words) if 4 < value <= 100]
    if len(grades) + len(values) != 1:
        return None
    grade = grades[0] if grades else grade_of(values[0])
    order = [each for each, _ in GRADES]
    need: dict[Target, str] = {"WBK": line.WBK.split()[-1], "WBBM": line.WBBM.split()[-1]}
    met = Gates(*(order.index(grade) <= order.index(each) for each in need.values()))
    return Reckoned("grade", topic, name, grade, values[0] if values else Decimal(0), met=met, need=need)


def grade_of(value: Decimal) -> str:
    """The predicate of a value: one that lies on a limit belongs to the lower predicate."""
    return next(grade for grade, above in GRADES if value > above)


def _worth(item: ResultItem, answer: Index | Choice) -> Fraction:
    value = judge(item, answer).value
    assert isinstance(value, Fraction)
    return value


def _short(item: ResultItem, reckoner: "Reckoner") -> str:
    return "IPAK" if item is reckoner._ipak else "IPKP"


def _held(gates: Mapping[Target, Gate], points: Fraction) -> Gates:
    return Gates(*(points >= Fraction(gates[target].need) for target in ("WBK", "WBBM")))


def _needs(gates: Mapping[Target, Gate]) -> Mapping[Target, str]:
    return {target: str(gate.need) for target, gate in gates.items()}


def _values(words: Sequence[str]) -> list[Decimal]:
    """The numbers that may be a value: no year, no number of an area or a rule, no scale."""
    return [
        Decimal(word.replace(",", "."))
        for place, word in enumerate(words)
        if NUMBER.fullmatch(word)
        and not (place and words[place - 1] in NOT_COUNTED | {"skala"})
        and (words[place + 1 : place + 2] != ["tahun"] or words[place + 2 : place + 3] in (["ini"], ["lalu"]))
    ]


def _scaled(words: Sequence[str]) -> set[str]:
    """The number behind "skala"."""
    return {words[place + 1] for place, word in enumerate(words[:-1]) if word == "skala"}
