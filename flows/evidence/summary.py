"""The line about an item's evidence, as the screens of several features show it."""

from flows import fmt
from flows.evidence import doctor
from flows.evidence.service import ItemEvidence, is_best
from knowledge.answers import Answer, Choice


def small(text: str) -> str:
    """A document's name inside a sentence: the first letter small, unless it is an abbreviation."""
    return text[:1].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def line(found: ItemEvidence) -> str:
    """The item's evidence in one line, HTML: "Bukti dukung: 2 dari 3. Belum ada: dokumentasi sosialisasi"."""
    if not found.item.evidence:
        return f"Bukti dukung: {len(found.uses) or 'belum ada'}"
    missing = [small(found.item.evidence[place]) for place in found.expected_missing]
    if not found.uses:
        return (
            f"Bukti dukung: belum ada. Contoh: {fmt.esc('; '.join(missing))}"
            if missing
            else "Bukti dukung: -"
        )
    count = f"{found.got} dari {len(found.needed)}" if found.needed else f"{len(found.uses)}"
    extra = f", ditambah {len(found.others)} lainnya" if found.others and found.needed else ""
    rest = f". Belum ada: {fmt.esc('; '.join(missing))}" if missing else ""
    return f"Bukti dukung: {count}{extra}{rest}"


def claim(found: ItemEvidence, answer: Answer | None, note: str) -> str:
    """That an answer claims more than what supports it, HTML; "" when there is nothing to say."""
    letter = answer.key if isinstance(answer, Choice) else ""
    said = doctor.of_claim(letter, best=is_best(found.item, answer), evidence=len(found.uses), note=note)
    if said is None:
        return ""
    sent = " Kirim foto, PDF, atau tautan di sini." if not found.uses else ""
    return f"! {fmt.esc(said.sentence)}{sent}"
