"""Which column holds what: found by headings, and by structure where headings are missing."""

import re
from collections import Counter
from dataclasses import dataclass

from flows.importing.outline import is_marker, kind_of
from flows.importing.sheets import Sheet

HEADER_ROWS = 60
MIN_FILLED = 5

_FOREIGN = re.compile(
    r"\b(tpi|tpn|itjen|irjen|inspektorat|evaluator|asesor|verifikator|verifikasi|reviu|review|kesdm)\b"
)
_OWN = re.compile(r"\b(unit|satker|mandiri|self|pokja)\b")
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("kind", re.compile(r"pilihan|opsi|(jenis|tipe) jawaban")),
    ("answer", re.compile(r"jawab|isian|self.?assess?ment|penilaian mandiri")),
    ("link", re.compile(r"tautan|\blink\b|\burl\b")),
    ("evidence", re.compile(r"bukti|eviden|\bdaduk\b|data dukung|dokumen")),
    ("note", re.compile(r"catatan|keterangan|narasi|penjelasan")),
    ("weight", re.compile(r"^bobot")),
    ("criteria", re.compile(r"kriteria")),
    ("score", re.compile(r"^(nilai|skor|%|persen)")),
    ("id", re.compile(r"^(id|kode)\b")),
    (
        "outline",
        re.compile(r"^no\b|^nomor|penilaian|indikator|pertanyaan|pernyataan|uraian|komponen|unsur|\barea\b"),
    ),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand on a sheet of answers. Rows above `first_row` are titles and headings."""

    first_row: int
    outline: tuple[int, ...]
    answer: int
    kind: int | None
    note: int | None
    evidence: tuple[int, ...]
    own: tuple[int, ...]  # columns right of the answer that are the unit's: links may stand in any of them


def find_columns(sheet: Sheet) -> Columns | None:
    """The columns of a sheet of answers; None for any other sheet."""
    return _by_heading(sheet) or _by_structure(sheet)


# By headings ---------------------------------------------------------------------------------------


def _by_heading(sheet: Sheet) -> Columns | None:
    best, best_roles = 0, 0
    for row in sorted(sheet.rows):
        if row > HEADER_ROWS:
            break
        roles = {_role(_plain(sheet.text(row, column))) for column in sheet.rows[row]}
        if "answer" in roles and len(roles - {""}) > best_roles:
            best, best_roles = row, len(roles - {""})
    if best_roles < 2:
        return None
    labels = _labels(sheet, best)
    roles_of = {column: _role(label) for column, label in labels.items()}
    answers = [c for c, role in roles_of.items() if role == "answer" and not _FOREIGN.search(labels[c])]
    outline = _outline(sheet, labels, roles_of, best)
    if not answers or not outline:
        return None
    answer = next((c for c in answers if _OWN.search(labels[c])), answers[0])
    kind = next((c for c, role in roles_of.items() if role == "kind"), None)
    return _complete(sheet, labels, best + 1, outline, answer, kind)


def _plain(text: str) -> str:
    return " ".join(text.lower().split()) if len(text) <= 80 else ""


def _role(label: str) -> str:
    """What a heading announces; "" for none of ours."""
    return next((role for role, pattern in _ROLES if label and pattern.search(label)), "")


def _labels(sheet: Sheet, row: int) -> dict[int, str]:
    """The heading over each column: merged headings spread, a second row of group headings joined."""
    own = _spread(sheet, row)
    above = _spread(sheet, row - 1) if len(sheet.rows.get(row - 1, {})) >= 3 else {}
    columns = sorted({*own, *above})
    return {c: " ".join(filter(None, (above.get(c, ""), own.get(c, "")))) for c in columns}


def _spread(sheet: Sheet, row: int) -> dict[int, str]:
    found = {column: _plain(sheet.text(row, column)) for column in sheet.rows.get(row, {})}
    for top, left, bottom, right in sheet.merges:
        if top <= row <= bottom and right - left < 80:
            label = _plain(sheet.text(top, left))
            if label:
                found.update(dict.fromkeys(range(left, right + 1), label))
    return {column: label for column, label in found.items() if label}


def _outline(sheet: Sheet, labels: dict[int, str], roles_of: dict[int, str], header: int) -> tuple[int, ...]:
    """The columns of numbers and texts: those under such headings, and unnamed ones beside them."""
    named = [c for c, role in roles_of.items() if role == "outline" and not _is_running(sheet, c, header)]
    if not named:
        return ()
    chosen: list[int] = []
    inside = False
    for column in range(named[0], named[-1] + 13):
        if column in labels:
            inside = column in named
        if inside:
            chosen.append(column)
    before = named[0] - 1
    while before > 0 and before not in labels and _is_numbering(sheet, before, header):
        chosen.insert(0, before)
        before -= 1
    return tuple(chosen)


def _filled(sheet: Sheet, column: int, header: int) -> list[str]:
    return [sheet.text(row, column) for row in sheet.rows if row > header and column in sheet.rows[row]]


def _is_running(sheet: Sheet, column: int, header: int) -> bool:
    """Whether it only counts rows: says nothing about the hierarchy."""
    texts = _filled(sheet, column, header)
    numbers = [t for t in texts if t.isdecimal()]
    return len(numbers) >= 20 and len(numbers) > 0.7 * len(texts) and len(set(numbers)) > 12


def _is_numbering(sheet: Sheet, column: int, header: int) -> bool:
    texts = _filled(sheet, column, header)
    marks = sum(is_marker(t) for t in texts)
    return len(texts) >= 2 and marks >= 0.7 * len(texts) and not _is_running(sheet, column, header)


# By structure --------------------------------------------------------------------------------------

_TOKEN = re.compile(r"^([A-Ea-e]|ya|tidak)$", re.IGNORECASE)


def _by_structure(sheet: Sheet) -> Columns | None:
    """Headings are gone: the options give away their column, plain letters that of the answers."""
    kinds: Counter[int] = Counter()
    tokens: Counter[int] = Counter()
    texts: Counter[int] = Counter()
    for cells in sheet.rows.values():
        for column, value in cells.items():
            text = str(value).strip()
            kinds[column] += kind_of(text) is not None and "/" in text
            tokens[column] += bool(_TOKEN.match(text))
            texts[column] += len(text) >= 15
    kind = next((c for c, count in kinds.most_common(1) if count >= 10), None)
    most = max(texts.values(), default=0)
    wordy = sorted(c for c, count in texts.items() if count >= max(10, 0.3 * most))
    if not wordy:
        return None
    right = [(count, -c) for c, count in tokens.items() if c > wordy[0] and c != kind and count >= MIN_FILLED]
    if not right:
        return None
    answer = -max(right)[1]
    outline = tuple(c for c in range(1, wordy[0] + 1) if c == wordy[0] or _is_numbering(sheet, c, 0))
    return _complete(sheet, {}, 1, outline, answer, kind)


def _complete(
    sheet: Sheet,
    labels: dict[int, str],
    first_row: int,
    outline: tuple[int, ...],
    answer: int,
    kind: int | None,
) -> Columns:
    """Add the unit's own columns: from the answer to the first heading of somebody else."""
    last = max((max(cells) for cells in sheet.rows.values()), default=answer)
    foreign = [c for c, label in labels.items() if c > answer and _FOREIGN.search(label)]
    own = tuple(range(answer + 1, min([*foreign, last + 1])))
    notes = [c for c in own if _role(labels.get(c, "")) == "note"]
    if not notes and not labels:
        notes = [c for c in own if _is_prose(sheet, c, first_row)][:1]
    note = notes[0] if notes else None
    listed = [c for c in own if _role(labels.get(c, "")) == "evidence"]
    unnamed = [c for c in own if note is not None and c > note and c not in labels]
    if not listed:
        listed = [c for c in unnamed if _is_prose(sheet, c, first_row, least=1)][:1]
    return Columns(first_row, outline, answer, kind, note, tuple(listed), own)


def _is_prose(sheet: Sheet, column: int, header: int, least: int = 3) -> bool:
    texts = _filled(sheet, column, header)
    prose = sum(len(t) >= 8 and "://" not in t and not t.replace(",", "").isdecimal() for t in texts)
    return len(texts) >= least and prose > 0.6 * len(texts)
