"""A unit's figures held against the gates, in words: "total 79 tapi IPAK 14,5"."""

from collections.abc import Sequence

from flows import fmt
from knowledge.figures_said import Held, Said, held_against
from knowledge.instrument_model import TARGETS, Instrument, Target

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
