"""One indicator or result item in full, and its examples of evidence."""

from flows import fmt
from flows.checklist.service import RESULTS, Fed, ItemView, area_id_of
from flows.checklist.texts import work_text
from flows.checklist.texts.labels import Reader, answer, confirming, heading, of_unit
from flows.evidence import summary
from flows.evidence.service import ItemEvidence
from flows.schedule.nearest import Nearest
from knowledge.answers import Answer, Item, Ratio, judge
from knowledge.errors import AnswerError
from knowledge.instrument import INDEX_SCALE, Indicator, SubComponent
from knowledge.typed_ratio import NOTES, example


def item(view: ItemView, reader: Reader, evidence: ItemEvidence, due: Nearest | None = None) -> str:
    """An indicator or result item in full."""
    lines = [crumb(view, reader), "", heading(view.item), "", fmt.esc(view.item.question)]
    if view.item.note:
        lines.append(f"<i>{fmt.esc(view.item.note)}</i>")
    lines += ["", *_choices(view), "", *_state(view, reader, evidence, due), "", hint(view)]
    return "\n".join(lines)


def crumb(view: ItemView, reader: Reader) -> str:
    """ "Area 5 › Pengendalian Gratifikasi · 1 dari 2", HTML."""
    instrument, one = view.current.instrument, view.item
    if isinstance(one, Indicator):
        parent = instrument.by_id[one.sub_id]
        name = parent.name if isinstance(parent, SubComponent) else ""
        path = f"Area {one.area_no} › {fmt.esc(name)} · {one.index} dari {one.of}"
    else:
        group = next(g for g in instrument.result_groups if g.id == one.group_id)
        place = instrument.results.index(one) + 1
        path = f"Hasil › {fmt.esc(group.name)} · {place} dari {len(instrument.results)}"
    return path + of_unit(reader.unit_name)


def _choices(view: ItemView) -> list[str]:
    """The options in full, or the counts that are asked for with what they are now."""
    one = view.item
    if one.options:
        return [f"<b>{option.key}</b>  {fmt.esc(option.text)}" for option in one.options]
    if not isinstance(one, Indicator):
        return ["Contoh hitungan: 90,5 pada skala 100 dibagi 25 menjadi 3,62."]
    counts = view.answer.inputs if isinstance(view.answer, Ratio) else {}
    lines = [_formula(one)]
    for each in one.inputs:
        count = counts.get(each.key)
        lines.append(f"• {fmt.esc(each.label)}: {'belum ada' if count is None else fmt.number(count, 0)}")
    return lines


def _formula(one: Indicator) -> str:
    formula = one.formula
    if formula is None:
        return "Yang diisi:"
    if formula.kind == "penurunan":
        return "Yang dilihat: penurunan tahun ini terhadap tahun lalu."
    names = {each.key: each.label[:1].lower() + each.label[1:] for each in one.inputs}
    above = " + ".join(names[key] for key in formula.numerator)
    several = len(formula.denominator) > 1
    below = "jumlah semua isian wajib lainnya" if several else names[formula.denominator[0]]
    return f"Perbandingannya: {fmt.esc(above)}, dibagi {fmt.esc(below)}."


def _state(view: ItemView, reader: Reader, evidence: ItemEvidence, due: Nearest | None) -> list[str]:
    one = view.item
    lines = [_fed(one, view.fed)] if view.fed is not None else []
    if view.answer is None:
        lines = lines or ["Jawaban: belum ada"]
    else:
        by = reader.by(view.answered_by, view.answered_at)
        label = "Jawaban" if view.fed is None else "Diketik di sini"
        given = fmt.esc(answer(one, view.answer))
        if view.carried:
            by = "dari tahun lalu"
        lines.append(f"{label}: {f'<b>{given}</b>' if view.fed is None else given} · {by}")
        if view.fed is not None and view.fed.index != view.answer:
            lines.append("Indeks dari survei didahulukan, jadi yang diketik tidak dipakai.")
        lines += _odd(one, view.answer)
        if view.unconfirmed:
            lines.append(confirming(carried=view.carried, may_answer=view.may_answer))
    lines.append(_pic(view, reader))
    lines += _due(view, reader, due)
    lines.append(summary.line(evidence))
    if view.note:
        short = fmt.cut(fmt.one_line(view.note), 200)
        lines.append(f"Penjelasan: “{fmt.esc(short)}” · {reader.by(view.note_by, view.note_at)}")
    else:
        lines.append("Penjelasan: belum diisi")
    lines += work_text.lines(view, reader)
    unsupported = summary.claim(evidence, view.answer, view.note) if view.may_answer else ""
    return [*lines, unsupported] if unsupported else lines


def _pic(view: ItemView, reader: Reader) -> str:
    """ "PIC: Dewi (dari area), wakil Andi", HTML."""
    if view.pic is None:
        return "PIC: belum ada"
    text = f"PIC: {fmt.esc(reader.name(view.pic.person)) if view.pic.person is not None else 'belum ada'}"
    if view.pic.deputy is not None:
        text += f", wakil {fmt.esc(reader.name(view.pic.deputy))}"
    origin = {"sub": " (dari komponen)", "area": " (dari area)"}
    return text + origin.get(view.pic.level, "")


def _due(view: ItemView, reader: Reader, due: Nearest | None) -> list[str]:
    """ "Batas: Jumat, 26 Februari 2027, 39 hari lagi (dari area)"; nothing once it is approved."""
    if due is None or view.review == "approved" or view.not_applicable:
        return []
    origin = {
        "sub": " (dari komponen)",
        "area": " (dari area)",
        "tpi": " (penilaian TPI)",
        "pengajuan": " (pengusulan nasional)",
    }
    today = fmt.local(reader.now, view.current.unit.zone).date()
    far = fmt.distance(due.day, today)
    return [f"Batas waktu: {fmt.day_long(due.day)}, {far}{origin.get(due.level, '')}"]


def _fed(one: Item, fed: Fed) -> str:
    return f"Jawaban: <b>{fmt.esc(answer(one, fed.index))}</b> · dari {fmt.esc(fed.survey)} di daftar survei"


def _odd(one: Item, given: Answer) -> list[str]:
    try:
        notice = judge(one, given).notice
    except AnswerError:
        return ["! Jawaban ini tidak cocok dengan pilihan yang ada. Mohon diisi ulang."]
    return [f"! {fmt.esc(NOTES[notice])}"] if notice in NOTES else []


def hint(view: ItemView) -> str:
    """What to do now."""
    if not view.may_answer:
        return fmt.esc(filled_by(view))
    if view.fed is not None:
        return (
            "Untuk mengubahnya, buka daftar survei. Indeks yang diketik di sini baru dipakai "
            "bila surveinya tidak ada."
        )
    one, change = view.item, view.answer is not None
    if one.options:
        keys = [option.key for option in one.options]
        listed = " atau ".join(keys) if len(keys) == 2 else f"{', '.join(keys[:-1])}, atau {keys[-1]}"
        return f"{'Untuk mengubah jawaban, ketuk' if change else 'Ketuk'} atau ketik {listed}."
    what = "Untuk mengubah, ketik" if change else "Ketik"
    if one.scale == INDEX_SCALE or not isinstance(one, Indicator):
        return f"{what} indeksnya, misalnya: 3,62"
    return f"{what} jumlahnya, misalnya: {fmt.esc(example(one))}"


def filled_by(view: ItemView) -> str:
    """Who fills the item, for readers who do not. Plain text."""
    if area_id_of(view.item) == RESULTS or not isinstance(view.item, Indicator):
        return "Hanya dibaca: bagian Hasil diisi koordinator unit."
    found = view.current.instrument.area(view.item.area_id)
    return f"Hanya dibaca: diisi Pokja {found.no} {found.name} atau koordinator unit."
