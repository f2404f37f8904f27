"""The part of a long text that asks: what follows "yang mau saya tanyakan", or its last question."""

import re

from knowledge.normalize import clean

LONG_WORDS = 18
"""Beyond this many words a text is a story: what it asks stands in one sentence of it."""
LEAST_WORDS = 3
"""Fewer words behind a cue ask nothing by themselves."""
STANDS_ALONE = 8
LEANS = re.compile(r"\b(?:be)?gitu\b|\btersebut\b|\b(?:orang|pegawai|dokumen|bukti|surat|hal) (?:itu|ini)\b")
"""A question of so many words stands by itself, unless it points back."""
SENTENCES_READ = 12
WORD = re.compile(r"\w")
SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
ASKING = frozenset(
    {"apa", "apakah", "berapa", "bagaimana", "kapan", "siapa", "kenapa", "mana", "bolehkah", "boleh", "bisa"}
)
ASKS = re.compile(
    r"\b(?:apa\w*|berapa|brp|bagaimana|gimana|gmn|kapan|kpn|siapa|kenapa|mana|boleh\w*|bisa\w*|bener|benar)\b"
)
CUE = re.compile(
    r"\b(?:"
    r"pertanyaan(?:nya|ku)?(?: (?:saya|kami|kita|beliau))?(?: (?:cuma|hanya) satu| adalah| gini| begini)?"
    r"|(?:yang |yg )?(?:jadi|menjadi) pertanyaan(?:nya)?"
    r"|(?:yang|yg) (?:(?:mau|ingin|pengen|pingin|hendak) )?(?:saya |kami |kita )?(?:di)?ta?nya(?:kan|in)?"
    r"|(?:mau|ingin|pengen|pingin|izin|numpang) (?:saya |kami )?(?:ber|me)?(?:ta?nya)(?:kan|in)?"
    r"|(?:saya|kami|aku) (?:cuma |hanya )?(?:mau|ingin|pengen|pingin) (?:tahu|tau)"
    r"|(?:suruh|disuruh|minta|diminta) (?:saya )?(?:nyari|cari|mencari) (?:tahu|tau)"
    r"|intinya"
    r")\b[\s,:.]*"
)
"""What people say before what they want to know."""


def cued(text: str) -> str:
    """What stands behind the last cue of a text, if that asks something; else ""."""
    said = clean(text)
    for found in reversed(list(CUE.finditer(said))):
        rest = said[found.end() :].strip()
        if len(rest.split()) >= LEAST_WORDS and ASKS.search(rest):
            return rest
    return ""


def asking_sentence(text: str) -> tuple[str, str]:
    """The sentence that asks (the last if several or none do), and the one before it."""
    sentences = [each for each in SENTENCE.findall(clean(text)) if WORD.search(each)][-SENTENCES_READ:]
    for place in reversed(range(len(sentences))):
        if sentences[place].rstrip().endswith("?") or ASKS.search(sentences[place]):
            return sentences[place], sentences[place - 1] if place else ""
    return (sentences[-1], sentences[-2] if len(sentences) > 1 else "") if sentences else ("", "")


def parts(text: str) -> tuple[str, ...]:
    """Where to look for what a text asks: its asking part, then the whole where that leans on it."""
    part = focus(text)
    alone = part is text or cued(text) or (len(part.split()) >= STANDS_ALONE and not LEANS.search(part))
    return (part,) if alone else (part, text)


def focus(text: str) -> str:
    """A short text itself; of a story the part that asks."""
    if len(text.split()) <= LONG_WORDS:
        return text
    part = cued(text)
    if part:
        return part
    asking, before = asking_sentence(text)
    if len(asking.split()) < LEAST_WORDS:
        return f"{before} {asking}"
    return asking or text
