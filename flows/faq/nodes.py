"""Questions about the worksheet answered from the instrument itself."""

from flows import fmt
from knowledge.instrument_model import Aspect, Indicator, Instrument, ResultItem, SubComponent

MOST_EVIDENCE = 40
EVIDENCE_NOTE = "Daftar ini contoh dari praktik, bukan daftar wajib."
KINDS = {"P": "pemenuhan", "R": "reform"}


def text(instrument: Instrument, node_id: str, angle: str = "") -> str:
    """An indicator, sub-component, aspect or result item, from the side asked for. Raises `KeyError`."""
    node = instrument.by_id[node_id]
    if isinstance(node, SubComponent):
        return _sub(instrument, node, angle)
    if isinstance(node, Aspect):
        return _aspect(instrument, node)
    if isinstance(node, Indicator | ResultItem):
        return _leaf(instrument, node, angle)
    raise KeyError(node_id)


def _leaf(instrument: Instrument, leaf: Indicator | ResultItem, angle: str) -> str:
    name = f"{leaf.number} {leaf.title}"
    evidence = [f"• {each}" for each in leaf.evidence]
    weight = f"Nilai paling banyak {fmt.short_number(leaf.max_points)} poin. {_place(instrument, leaf)}"
    basis = f"Dasar: {instrument.regulation}"
    if angle == "bukti":
        return _joined([f"Contoh bukti dukung {name}:", *evidence], [EVIDENCE_NOTE], [leaf.note], [basis])
    if angle == "bobot":
        return _joined(
            [f"{name}: paling banyak {fmt.short_number(leaf.max_points)} poin."],
            [_place(instrument, leaf)],
            [basis],
        )
    return _joined(
        [name],
        [leaf.question],
        _options(leaf),
        ["Contoh bukti dukung:", *evidence],
        [leaf.note],
        [weight, basis],
    )


def _options(leaf: Indicator | ResultItem) -> list[str]:
    if leaf.options:
        return [f"{option.key}  {option.text}" for option in leaf.options]
    if isinstance(leaf, Indicator) and leaf.inputs:
        return ["Diisi dengan angka:", *(f"• {each.label}" for each in leaf.inputs)]
    return ["Diisi dengan indeks survei, skala 0 sampai 4."]


def _sub(instrument: Instrument, sub: SubComponent, angle: str) -> str:
    area = instrument.area(sub.area_id)
    kind = KINDS["P" if ".P." in sub.id else "R"]
    name = f"{sub.number} {sub.name}"
    place = f"Area {area.no} {area.name}, aspek {kind}; bobot {fmt.short_number(sub.weight)}."
    basis = f"Dasar: {instrument.regulation}"
    if angle != "bukti":
        lines = [f"{leaf.number}  {leaf.title}" for leaf in sub.indicators]
        return _joined(
            [f"{name}: bobot {fmt.short_number(sub.weight)}"],
            [place, f"{len(lines)} indikator:", *lines],
            [basis],
        )
    blocks: list[list[str]] = []
    room = MOST_EVIDENCE
    for leaf in sub.indicators:
        shown = leaf.evidence[:room]
        room -= len(shown)
        if shown:
            blocks.append([f"{leaf.number}  {leaf.title}", *(f"• {each}" for each in shown)])
    return _joined([f"Contoh bukti dukung {name}:"], *blocks, [EVIDENCE_NOTE], [place, basis])


def _aspect(instrument: Instrument, aspect: Aspect) -> str:
    area = instrument.area(aspect.area_id)
    lines = [f"{sub.number}  {sub.name}: {fmt.short_number(sub.weight)}" for sub in aspect.subs]
    name = f"{aspect.number} Area {area.no} {area.name}, aspek {KINDS[aspect.kind]}"
    return _joined(
        [f"{name}: bobot {fmt.short_number(aspect.weight)}"],
        ["Sub-komponen dan bobotnya:", *lines],
        [f"Dasar: {instrument.regulation}"],
    )


def _place(instrument: Instrument, leaf: Indicator | ResultItem) -> str:
    if isinstance(leaf, Indicator):
        area = instrument.area(leaf.area_id)
        return f"Bagian dari Area {area.no} {area.name}, aspek {KINDS[leaf.kind]}."
    group = next(each for each in instrument.result_groups if each.id == leaf.group_id)
    return f"Bagian dari komponen hasil, {group.name}."


def _joined(*blocks: list[str]) -> str:
    return "\n\n".join("\n".join(line for line in block if line) for block in blocks if any(block))
