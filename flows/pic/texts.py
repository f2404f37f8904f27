"""Wording of PIC: choosing, taking, what has none."""

from collections.abc import Mapping, Sequence
from datetime import date

from flows import fmt
from flows.mine.lacking import Lack
from flows.models import Person
from flows.pic.assigning import DEPUTY, Place, Scope
from flows.pic.candidates import Candidate
from flows.pic.service import RESULTS, Named
from knowledge.answers import Item
from knowledge.instrument import Area

PIC, TAKE, MYSELF, RELEASE, RELEASE_DEPUTY = "PIC", "Saya ambil", "Saya sendiri", "Lepas PIC", "Lepas wakil"
CHOOSE_DEPUTY, CHOOSE_PIC, WHOLE_SUB, WHOLE_AREA = "Wakil", "Pilih PIC", "Satu komponen", "Satu area"
ALL_OF_AREA, TAKE_BACK, LATER, SEE_ITEM = "Semua yang belum", "Tidak jadi", "Kirim nanti", "Lihat indikator"
MINE, NONE, ALL_AREAS, RESULT_PART = "Tugas saya", "Tanpa PIC", "Semua area", "Hasil"
RELEASED = "PIC dilepas."
DEPUTY_RELEASED = "Wakil dilepas."
TAKEN_ALREADY = "Indikator ini sudah menjadi bagian Anda."
RELEASE_WORDS = frozenset({"lepas", "lepaskan", "lepas pic", "kosongkan", "tidak ada", "hapus"})
ME_WORDS = frozenset({"saya", "aku", "saya sendiri", "saya saja"})
LEVELS = {"sub": "dari komponen", "area": "dari area"}
GONE = "mantan anggota"


def name(candidate: Candidate) -> str:
    """A person on a button."""
    mark = "" if candidate.person.telegram_id is not None else " ○"
    return fmt.cut(candidate.person.name, 30) + mark


def label_of(scope: Scope) -> str:
    """A scope in a few words, plain text."""
    if scope.level == "area":
        return f"{scope.number} {scope.name}".strip() if scope.number else "bagian Hasil"
    return scope.number


def choose(at: Place, named: Named | None, part: int, absent: bool, set_by: str) -> str:
    """Who is PIC (or deputy), and who may be. `set_by` says who named them and when, "" where nobody did."""
    scope = at.scope
    what = "wakil PIC" if part == DEPUTY else "PIC"
    lines = [f"<b>Siapa {what} {fmt.esc(label_of(scope))}?</b>", ""]
    if scope.level != "area":
        lines += [f"{scope.number}  {fmt.esc(scope.name)}", ""]
    lines.append(f"Sekarang: {line(named, scope.level)}" if named is not None else "Sekarang: belum ada PIC")
    if set_by:
        lines.append(f"Ditunjuk oleh {fmt.esc(set_by)}")
    if scope.level != "item":
        lines.append(
            f"Berlaku untuk {len(scope.items)} isian di dalamnya, kecuali yang sudah punya PIC sendiri."
        )
    if absent:
        lines.append("○ tanpa Telegram: tim mengisi atas namanya.")
    return "\n".join([*lines, "", "Ketuk namanya, atau ketik sebagian nama."])


def line(named: Named, own_level: str = "item") -> str:
    """ "Dewi (dari area), wakil Andi". HTML."""
    text = fmt.esc(name_of(named.person)) if named.person is not None else "belum ada"
    if named.deputy is not None:
        text += f", wakil {fmt.esc(name_of(named.deputy))}"
    return text + (f" ({LEVELS[named.level]})" if named.level != own_level else "")


def name_of(person: Person) -> str:
    """A person by name; plain text."""
    return GONE if person.deleted_at is not None else person.name


def several(typed: str, scope: Scope) -> str:
    """A typed name fits several people."""
    return (
        f"Nama “{fmt.esc(fmt.cut(typed, 60))}” cocok untuk beberapa orang. Yang mana?\n\n"
        f"Untuk: {fmt.esc(label_of(scope))}"
    )


def unknown(typed: str) -> str:
    """A typed name fits nobody. Plain text."""
    return (
        f"Tidak ada anggota tim bernama “{fmt.cut(fmt.one_line(typed), 40)}”. "
        "Pilih dari daftar, atau undang orangnya lewat Tim."
    )


def assigned(scope: Scope, who: str, part: int) -> str:
    """Plain text for a toast."""
    return f"{'Wakil PIC' if part == DEPUTY else 'PIC'} {label_of(scope)}: {fmt.cut(who, 80)}."


# taken by oneself ----------------------------------------------------------------------------------


def begin(lack: Lack, today: date) -> str:
    """Right after taking an item: by when, what is missing, what to send."""
    item = lack.item
    lines = [f"✓ Anda PIC {item.number}.", "", f"<b>{fmt.esc(item.title)}</b>"]
    if lack.due_on is not None:
        lines.append(f"Batas: {fmt.day_long(lack.due_on)} ({fmt.distance(lack.due_on, today)}).")
    else:
        lines.append("Batas waktunya belum diatur koordinator unit.")
    rest = [*([] if lack.answered else ["jawaban"]), *([] if lack.noted else ["penjelasan"])]
    if lack.missing:
        lines.append(f"Bukti yang belum ada: {fmt.esc('; '.join(lack.missing[:3]))}.")
    if rest:
        lines.append(f"Yang belum diisi: {' dan '.join(rest)}.")
    lines += ["", "Bila ada foto, PDF, atau tautannya, kirim sekarang; boleh beberapa sekaligus."]
    return "\n".join(lines)


def told(unit: str, lines: Sequence[str], more: int) -> str:
    """Somebody else made the person PIC."""
    head = "Anda ditunjuk sebagai PIC" if len(lines) == 1 and not more else "Anda ditunjuk untuk bagian ini"
    body = [f"<b>{head}</b>, {fmt.esc(unit)}.", "", *lines]
    if more:
        body.append(f"dan {more} lagi.")
    return "\n".join([*body, "", "Rincian dan batas waktunya ada di Tugas saya."])


def told_line(scope: Scope, as_deputy: bool) -> str:
    """One scope in that message. HTML."""
    what = f"{scope.number}  {fmt.esc(scope.name)}" if scope.number else "Bagian Hasil"
    count = "" if scope.level == "item" else f" ({len(scope.items)} isian)"
    return f"• {what}{count}" + (", sebagai wakil" if as_deputy else "")


# what has none -------------------------------------------------------------------------------------


def none(
    unit: str, areas: Sequence[Area], found: Mapping[str, tuple[Item, ...]], shown: Sequence[str]
) -> str:
    """How many items have no PIC, by area."""
    total = sum(len(found[area_id]) for area_id in shown)
    if not total:
        return f"<b>Semua isian sudah punya PIC.</b>\n\n{fmt.esc(unit)}"
    lines = [f"<b>{total} isian belum ada PIC-nya</b>", "", fmt.esc(unit), ""]
    lines += [
        _count(f"Area {area.no} {fmt.esc(area.name)}", len(found[area.id]))
        for area in areas
        if area.id in shown
    ]
    if RESULTS in shown:
        lines.append(_count("Hasil (survei dan kinerja)", len(found[RESULTS])))
    return "\n".join([*lines, "", "Pilih area untuk menunjuk PIC-nya."])


def _count(what: str, count: int) -> str:
    return f"○ {what}: {count}" if count else f"✓ {what}"


def none_area(what: str, items: Sequence[Item], first: int, total: int, may_assign: bool) -> str:
    """One page of the items of an area that have no PIC."""
    if not total:
        return f"<b>{fmt.esc(what)}: semua sudah punya PIC.</b>"
    lines = [f"<b>{fmt.esc(what)}: {total} belum ada PIC-nya</b>", ""]
    lines += [
        f"{number}  {item.number}  {fmt.esc(item.title)}" for number, item in enumerate(items, start=first)
    ]
    hint = (
        f"Ketuk nomornya lalu pilih orangnya, atau {ALL_OF_AREA} untuk satu orang sekaligus."
        if may_assign
        else "Ketuk nomornya untuk mengambilnya sebagai bagian Anda."
    )
    return "\n".join([*lines, "", hint])


def none_label(count: int) -> str:
    """The button to the list."""
    return f"{NONE} ({count})"
