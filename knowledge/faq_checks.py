"""What is wrong or due in the questions and answers and the terms: one line each, in Indonesian.

Loading refuses what cannot be read at all. These rules say what can be read and should still not be shipped
(errors), and what somebody should look at soon (warnings).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.faq import Entry
from knowledge.glossary import Term
from knowledge.normalize import clean
from knowledge.rule_days import first_day, last_day

LONGEST_SHORT, LONGEST_DETAIL, LONGEST_CAUTION, LONGEST_TITLE = 650, 900, 300, 80
"""Characters that stay readable on a 5-inch phone: one screen for the short answer, one more for the rest."""
LONGEST_REPLY = 3400
"""Characters of a whole reply that one message shows."""
FEWEST_QUESTIONS = 25
REVIEW_MONTHS = 18
"""An answer that nobody has looked at for so long is due."""
LONGEST_QUESTION = 300

GLOSSARY = "glossary.yaml"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend (`error`) or to look at, where it stands."""

    file: str
    id: str
    sentence: str
    error: bool = True

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Known:
    """All that the rules look at."""

    faq: Mapping[str, Entry]
    glossary: Mapping[str, Term]
    today: date


Rule = Callable[[Known, Entry], Iterator[str]]


def check_faq(faq: Mapping[str, Entry], glossary: Mapping[str, Term], today: date) -> tuple[Finding, ...]:
    """Every finding, by entry in the order of the files, errors of an entry before its warnings."""
    known = Known(faq, glossary, today)
    found = [
        Finding(f"{entry.group}.yaml", entry.id, sentence, error)
        for entry in faq.values()
        for rules, error in ((ERRORS, True), (WARNINGS, False))
        for rule in rules
        for sentence in rule(known, entry)
    ]
    return (*found, *_shared_questions(faq), *_terms(known))


def _related(known: Known, entry: Entry) -> Iterator[str]:
    for other in entry.related:
        if other == entry.id:
            yield "related menunjuk topik itu sendiri"
        elif other not in known.faq:
            yield f'related "{other}" tidak ada'


def _basis(known: Known, entry: Entry) -> Iterator[str]:
    if not entry.rule and not entry.basis.strip():
        yield "rule kosong, dan basis tidak menyebut dari mana jawabannya"


def _blank(known: Known, entry: Entry) -> Iterator[str]:
    if not entry.title.strip():
        yield "judul kosong"
    if not entry.short.strip():
        yield "jawaban singkat kosong"
    if any(not question.strip() for question in entry.questions):
        yield "ada pertanyaan kosong"


def _caution(known: Known, entry: Entry) -> Iterator[str]:
    if entry.confidence != "verified" and not entry.caution.strip():
        yield f"confidence {entry.confidence} tanpa caution: pembaca tidak tahu apa yang belum pasti"


def _lengths(known: Known, entry: Entry) -> Iterator[str]:
    parts = (
        ("judul", entry.title, LONGEST_TITLE),
        ("short", entry.short, LONGEST_SHORT),
        ("detail", entry.detail, LONGEST_DETAIL),
        ("caution", entry.caution, LONGEST_CAUTION),
    )
    for name, text, most in parts:
        if len(text) > most:
            yield f"{name} {len(text)} huruf, paling banyak {most} agar terbaca di ponsel"
    whole = _whole(entry)
    if whole > LONGEST_REPLY:
        yield f"jawaban utuh {whole} huruf, tidak muat satu layar ({LONGEST_REPLY})"


def _whole(entry: Entry) -> int:
    """The longest reply that the entry can give: with all that it tells about earlier rules."""
    past = sum(len(each.text) + len(each.then) + len(each.caution) + 80 for each in entry.formerly)
    footing = len(entry.caution) + len("; ".join(entry.rule)) + len(entry.basis) + 40
    return len(entry.short) + max(len(entry.detail), past) + footing


def _dates(known: Known, entry: Entry) -> Iterator[str]:
    for name, when in (("valid_from", entry.valid_from), ("valid_until", entry.valid_until)):
        if when and not _is_day(when):
            yield f'{name} "{when}" bukan tahun, bulan, atau tanggal'
            return
    if entry.valid_from and entry.valid_until and first_day(entry.valid_from) > last_day(entry.valid_until):
        yield "valid_from sesudah valid_until"


def _formerly(known: Known, entry: Entry) -> Iterator[str]:
    ends = []
    for each in entry.formerly:
        bad = [when for when in (each.since, each.until) if when and not _is_day(when)]
        if bad:
            yield f'formerly: "{bad[0]}" bukan tahun, bulan, atau tanggal'
            return
        if each.since and first_day(each.since) > last_day(each.until):
            yield f"formerly: since sesudah until ({each.until})"
        ends.append(last_day(each.until))
    if ends != sorted(ends, reverse=True):
        yield "formerly: yang terbaru harus di atas"


def _addresses(known: Known, entry: Entry) -> Iterator[str]:
    if "http://" in (said := entry.short + entry.detail) or "https://" in said:
        yield "alamat situs di jawaban: sebut nama situsnya saja"


def _few(known: Known, entry: Entry) -> Iterator[str]:
    number = len({plain(question) for question in entry.questions})
    if number < FEWEST_QUESTIONS:
        yield f"baru {number} cara bertanya yang berbeda, usahakan {FEWEST_QUESTIONS}"


def _due(known: Known, entry: Entry) -> Iterator[str]:
    months = (known.today.year - entry.reviewed.year) * 12 + known.today.month - entry.reviewed.month
    if months >= REVIEW_MONTHS:
        yield f"terakhir ditinjau {entry.reviewed:%d-%m-%Y}, sudah {months} bulan: tinjau ulang"


def _expired(known: Known, entry: Entry) -> Iterator[str]:
    """What is called after its year ("SE MenPANRB 4/2025") says so itself and is not due."""
    if not entry.valid_until or not _is_day(entry.valid_until):
        return
    if last_day(entry.valid_until) < known.today and entry.valid_until[:4] not in entry.title:
        yield f"valid_until {entry.valid_until} sudah lewat: perbarui, atau pindahkan ke formerly"


def _repeated(known: Known, entry: Entry) -> Iterator[str]:
    seen: set[str] = set()
    for question in entry.questions:
        if plain(question) in seen:
            yield f'pertanyaan ditulis dua kali: "{question}"'
        seen.add(plain(question))


def _long_questions(known: Known, entry: Entry) -> Iterator[str]:
    for question in entry.questions:
        if len(question) > LONGEST_QUESTION:
            yield f'pertanyaan lebih dari {LONGEST_QUESTION} huruf: "{question[:40]}…"'


ERRORS: Sequence[Rule] = (_blank, _basis, _related, _caution, _lengths, _dates, _formerly, _addresses)
WARNINGS: Sequence[Rule] = (_few, _due, _expired, _repeated, _long_questions)


def _shared_questions(faq: Mapping[str, Entry]) -> Iterator[Finding]:
    """Ways of asking that two topics claim: whichever is answered, it is wrong for the other."""
    asked: dict[str, list[Entry]] = defaultdict(list)
    for entry in faq.values():
        for question in dict.fromkeys(map(plain, entry.questions)):
            asked[question].append(entry)
    for question, entries in asked.items():
        if question and len(entries) > 1:
            others = ", ".join(entry.id for entry in entries[1:])
            first = entries[0]
            yield Finding(f"{first.group}.yaml", first.id, f'pertanyaan "{question}" juga ada di {others}')


def _terms(known: Known) -> Iterator[Finding]:
    for term in known.glossary.values():
        if term.topic and term.topic not in known.faq:
            yield Finding(GLOSSARY, term.id, f'topic "{term.topic}" tidak ada')
        if term.confidence != "verified" and not (term.caution.strip() or term.note.strip()):
            yield Finding(GLOSSARY, term.id, f"confidence {term.confidence} tanpa caution", error=False)
        if not term.expansion.strip():
            yield Finding(GLOSSARY, term.id, "kepanjangannya kosong")


def plain(question: str) -> str:
    """A way of asking without case, marks and spare blanks: two that are alike here are the same."""
    return " ".join("".join(char if char.isalnum() else " " for char in clean(question)).split())


def _is_day(when: str) -> bool:
    try:
        first_day(when), last_day(when)
    except ValueError:
        return False
    return True
