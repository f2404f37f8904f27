"""A unit's figures in words: held against the gates ("total 79 tapi IPAK 14,5"), and sums worked out."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from flows import fmt
from knowledge.answers import Notice
from knowledge.figures_said import Held, Said, held_against
from knowledge.instrument_model import TARGETS, Instrument, Target
from knowledge.sums import Kind, Reckoned

NAMES = {
    "total": "nilai total",
    "pengungkit": "pengungkit",
    "hasil.birokrasi": "birokrasi bersih dan akuntabel",
    "hasil.ipak": "survei antikorupsi (IPAK)",
    "hasil.capaian": "capaian kinerja",
    "hasil.pelayanan": "survei kualitas pelayanan (IPKP)",
}


def verdict(instrument: Instrument, figures: Sequence[Said], target: Target | None) -> str:
    """For each target: whether the values given reach their gates, with what is missing.

    The values alone never prove a predicate: the other gates are named as still to be checked.
    """
    vague = any(said.gate == "area.?" for said in figures)
    parts = [_for(instrument, each, figures, vague) for each in ((target,) if target else TARGETS)]
    return "\n\n".join(parts)


def _for(instrument: Instrument, target: Target, figures: Sequence[Said], vague: bool) -> str:
    held = held_against(instrument, target, figures)
    lines = [_line(each, vague) for each in held]
    if all(each.met for each in held):
        head = f"Untuk {target}, angka yang Anda sebut memenuhi batasnya; semua batas lain tetap diperiksa."
        if target == "WBBM":
            head += " Unitnya harus sudah berpredikat WBK."
    else:
        missing = [_name(each, vague) for each in held if not each.met]
        head = f"Untuk {target}, belum memenuhi syarat nilai: {_listed(missing)} di bawah batas."
    return "\n".join((head, *lines))


def _line(held: Held, vague: bool) -> str:
    have, need = fmt.short_number(held.have), fmt.short_number(held.gate.need)
    if held.gate.share is not None:
        have = fmt.percent(held.have, held.gate.weight)
        need = fmt.percent(held.gate.share)
    if held.met:
        return f"✓ {_name(held, vague)} {have}, minimal {need}"
    short = fmt.short_number(held.gate.need - held.have)
    lack = "" if held.gate.share is not None else f" (kurang {short})"
    return f"! {_name(held, vague)} {have}, minimal {need}{lack}"


def _name(held: Held, vague: bool) -> str:
    if held.gate.share is not None:
        return "satu area" if vague else held.gate.name
    return NAMES.get(held.gate.id, held.gate.name)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"


# sums asked for ------------------------------------------------------------------------------------------


def worked(found: Reckoned) -> str:
    """What was asked to be worked out, in one or two sentences: the result first."""
    first = _WORKED[found.kind](found)
    if found.then is None:
        return first
    return f"Perubahan per agen: {first}\nPerubahan yang terintegrasi: {worked(found.then)}"


def _index(found: Reckoned) -> str:
    index, points = fmt.short_number(found.value), fmt.short_number(found.points)
    sum_ = f"{index} ÷ 4 × {fmt.short_number(found.most)}"
    if not found.name:
        return f"Indeks {index} bernilai {points} poin dari {fmt.short_number(found.most)} ({sum_})."
    return f"{found.name} {index} bernilai {points} poin ({sum_}): {_standing(found)}."


def _points(found: Reckoned) -> str:
    value, index = fmt.short_number(found.value), fmt.short_number(found.points)
    return f"Nilai {value} setara indeks {found.name} {index} ({value} ÷ 17,5 × 4)."


def _hundred(found: Reckoned) -> str:
    value, index = fmt.short_number(found.value), fmt.short_number(found.points, 3)
    return f"{value} pada skala 100 setara {index} pada skala 4 ({value} ÷ 25)."


def _ratio(found: Reckoned) -> str:
    points, most = fmt.short_number(found.points), fmt.short_number(found.most)
    if found.above > found.below:
        return f"{found.above} dari {found.below} melebihi target: nilainya penuh, {most} poin, tidak lebih."
    share = fmt.percent(found.above, found.below)
    return f"{found.above} dari {found.below} berarti {share}: nilainya {points} dari {most} poin."


def _fall(found: Reckoned) -> str:
    points, most = fmt.short_number(found.points), fmt.short_number(found.most)
    if found.notice is Notice.RISE_FROM_ZERO:
        return (
            f"Tahun lalu nol dan tahun ini {found.above}: LKE tidak mengaturnya. Di bot ini nilainya 0; "
            "pastikan ke TPI."
        )
    if found.below == 0:
        return f"Dua tahun sama-sama nol: nilainya penuh, {most} poin."
    if found.above >= found.below:
        return f"Dari {found.below} menjadi {found.above} tidak turun: nilainya 0 dari {most} poin."
    share = fmt.percent(found.below - found.above, found.below)
    return (
        f"Dari {found.below} menjadi {found.above} berarti turun {share}: nilainya {points} dari {most} poin."
    )


def _option(found: Reckoned) -> str:
    points, most = fmt.short_number(found.points), fmt.short_number(found.most)
    return f"Pilihan {found.said} bernilai {points} dari {most} poin: {_standing(found)}."


def _grade(found: Reckoned) -> str:
    value = (
        f"{fmt.short_number(found.value)} (predikat {found.said})"
        if found.value
        else f"berpredikat {found.said}"
    )
    return f"{found.name} {value} {_standing(found, 'cukup untuk', 'belum cukup untuk')}."


def _level(found: Reckoned) -> str:
    level = fmt.short_number(found.value)
    if found.met.WBK:
        return f"Ya, SPIP level {level} cukup: syaratnya minimal level {found.said}, untuk WBK maupun WBBM."
    return (
        f"Belum: SPIP instansi minimal level {found.said}, untuk WBK maupun WBBM; level {level} belum cukup."
    )


def _opinion(found: Reckoned) -> str:
    return (
        f"Belum: opini {OPINIONS[found.said]} tidak cukup. Syaratnya opini WTP, untuk WBK maupun WBBM; "
        "pemda dapat melihat jalur unit afirmasi."
    )


OPINIONS = {
    "WDP": "WDP (Wajar Dengan Pengecualian)",
    "TMP": "Tidak Menyatakan Pendapat (disclaimer)",
    "TW": "Tidak Wajar (adverse)",
}


def _standing(found: Reckoned, enough: str = "memenuhi batas", short: str = "belum mencapai batas") -> str:
    """For both targets: whether what is needed is reached."""
    need = found.need or {}
    wbk, wbbm = (f"{target} ({_needed(need[target])})" for target in TARGETS)
    if need["WBK"] == need["WBBM"] and found.met.WBK == found.met.WBBM:
        return f"{enough if found.met.WBK else short} WBK maupun WBBM ({_needed(need['WBK'])})"
    if found.met.WBK and found.met.WBBM:
        return f"{enough} {wbk} dan {wbbm}"
    if found.met.WBK:
        return f"{enough} {wbk}, {short} {wbbm}"
    return f"{short} {wbk} dan {wbbm}"


def _needed(need: str) -> str:
    return f"minimal {need if need.isalpha() else fmt.short_number(Decimal(need))}"


_WORKED: Mapping[Kind, Callable[[Reckoned], str]] = {
    "index": _index,
    "points": _points,
    "hundred": _hundred,
    "ratio": _ratio,
    "fall": _fall,
    "option": _option,
    "grade": _grade,
    "level": _level,
    "opinion": _opinion,
}
