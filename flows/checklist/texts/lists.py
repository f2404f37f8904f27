"""Lists: the LKE's first screen, an area, a sub-component, the result part."""

from collections.abc import Mapping, Sequence

from flows import fmt
from flows.checklist import stored
from flows.checklist.service import Current, Marks
from flows.checklist.texts import work_text
from flows.checklist.texts.labels import answer, of_unit
from knowledge.answers import Answer, Item
from knowledge.instrument import Area, Aspect, SubComponent

READ_ONLY = "Tahun ini sudah ditutup: isinya dibaca, tidak diubah. Tahun berikutnya dibuka di /tahun."


def mark(done: int, total: int) -> str:
    """ "✓" only for what is complete."""
    return "✓" if total and done == total else "○"


def area_name(no: int, name: str) -> str:
    """ "Area 5 Penguatan Pengawasan", HTML."""
    return f"Area {no} {fmt.esc(name)}"


def start(
    where: Current,
    areas: Sequence[tuple[Area, int, int]],
    results: tuple[int, int],
    own: Sequence[str],
    marks: Marks,
) -> str:
    """The LKE's first screen."""
    done, total = sum(a[1] for a in areas), sum(a[2] for a in areas)
    lines = [
        f"<b>Isi LKE: {fmt.esc(where.unit.name)}, {where.assessment.year}</b>",
        "",
        *([READ_ONLY] if where.assessment.archived_at is not None else []),
        f"{done} dari {total} indikator terjawab.",
        *(
            [f"! {len(marks.to_confirm)} jawaban dari tahun lalu perlu dikonfirmasi."]
            if marks.to_confirm
            else []
        ),
        *work_text.tally_line((i.id for i in where.instrument.area_order), marks.review, marks.off),
        "",
    ]
    for area, answered, of in areas:
        yours = " (area Anda)" if area.id in own else ""
        said = work_text.tally(marks.review[i.id] for i in area.indicators if i.id in marks.review)
        lines.append(
            f"{mark(answered, of)} {area_name(area.no, area.name)}{yours}: {answered} dari {of}"
            + (f" · {said}" if said else "")
        )
    lines += [
        f"{mark(*results)} Hasil (survei dan kinerja): {results[0]} dari {results[1]}",
        "",
        "Lanjutkan membuka tempat terakhir Anda. Atau pilih area.",
    ]
    return "\n".join(lines)


def area(
    which: Area,
    parts: Sequence[tuple[Aspect, Sequence[tuple[SubComponent, int]]]],
    unit_name: str,
    marks: Marks,
) -> str:
    """The sub-components of an area with their counts."""
    done = sum(answered for _, subs in parts for _, answered in subs)
    lines = [f"<b>{area_name(which.no, which.name)}</b>{of_unit(unit_name)}", ""]
    lines.append(f"{done} dari {len(which.indicators)} indikator terjawab.")
    lines += work_text.tally_line((i.id for i in which.indicators), marks.review, marks.off)
    for aspect, subs in parts:
        lines += ["", f"<b>{ASPECTS[aspect.kind]}</b>"]
        lines += [
            f"{mark(answered, len(sub.indicators))} {sub.number}  {fmt.esc(sub.name)}: "
            f"{answered} dari {len(sub.indicators)}{_reviewed(sub, marks)}"
            for sub, answered in subs
        ]
    return "\n".join([*lines, "", "Pilih nomor komponen untuk membuka indikatornya."])


def _reviewed(which: SubComponent, marks: Marks) -> str:
    said = work_text.tally(marks.review[i.id] for i in which.indicators if i.id in marks.review)
    return f" · {said}" if said else ""


ASPECTS = {"P": "Pemenuhan (syarat dan prosesnya ada)", "R": "Reform (perubahannya terasa)"}


def sub(
    which: SubComponent,
    area_no: int,
    kind: str,
    given: Mapping[str, Answer],
    marks: Marks,
    unit_name: str,
) -> str:
    """The indicators of a sub-component with their answers."""
    aspect = "Pemenuhan" if kind == "P" else "Reform"
    lines = [f"Area {area_no} › {aspect}{of_unit(unit_name)}", ""]
    lines += [f"<b>{which.number}  {fmt.esc(which.name)}</b>", ""]
    lines += [item_line(indicator, given.get(indicator.id), marks) for indicator in which.indicators]
    return "\n".join([*lines, "", "Pilih nomor indikator untuk menjawabnya."])


def results(
    groups: Sequence[tuple[str, Sequence[Item]]],
    given: Mapping[str, Answer],
    fed: Mapping[str, Answer],
    marks: Marks,
    unit_name: str,
) -> str:
    """The result part: groups with their items; `fed` are the answers from the survey register."""
    lines = [f"<b>Hasil</b>{of_unit(unit_name)}", ""]
    lines.append("Bagian ini berisi indeks survei dan capaian kinerja. Diisi koordinator unit.")
    for name, items in groups:
        lines += ["", f"<b>{fmt.esc(name)}</b>"]
        lines += [
            item_line(item, fed.get(item.id, given.get(item.id)))
            + (" (dari daftar survei)" if item.id in fed else "")
            + (" · dari tahun lalu, periksa" if item.id in marks.to_confirm else "")
            + work_text.suffix(item.id, marks.review)
            for item in items
        ]
    return "\n".join([*lines, "", "Pilih nomor untuk mengisinya."])


def item_line(item: Item, given: Answer | None, marks: Marks | None = None) -> str:
    """ "✓ A.I.5.i.a  Kampanye: B · disetujui", "○ …: belum", "↩ …: B · perlu perbaikan"."""
    done = stored.is_answered(item, given)
    state = answer(item, given) if done else "belum"
    sign, behind = "✓" if done else "○", ""
    if marks is not None and item.id in marks.carried:
        sign, behind = "!", " · dari tahun lalu, periksa"
    elif marks is not None and item.id in marks.asked_off:
        sign, behind = "!", " · tahun lalu tidak berlaku, periksa"
    elif marks is not None:
        behind = work_text.suffix(item.id, marks.review)
        sign = "↩" if marks.review.get(item.id) == "returned" else sign
        state = work_text.NOT_APPLICABLE if item.id in marks.off and not done else state
    return f"{sign} {item.number}  {fmt.esc(item.title)}: {fmt.esc(state)}{behind}"
