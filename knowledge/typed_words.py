"""Words and outcomes shared by the readers of typed answers."""

import re
from dataclasses import dataclass

from knowledge.answers import Answer


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text is this answer. `note` is a sentence to say with it, or empty."""

    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Meant as an answer but cannot be taken; `suggest` is what was probably meant, to be confirmed."""

    sentence: str
    suggest: Answer | None = None


@dataclass(frozen=True, slots=True)
class NotAnAnswer:
    """The text is a question or a remark."""


def words(text: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(text.split())


YES = words("ya iya iyaa yaa yes yup sudah udah udh sdh uda ada betul benar punya tersedia")
NO = words("tidak tdk tak nggak ngga enggak engga gak ga gk kagak belum blm blom belom tiada no nope bukan")
FILLERS = words(
    """jawab jawaban jawabannya jawabnya pilih pilihan pilihannya opsi opsinya option huruf saya kami kita itu
    yang yg adalah isi isinya nya dong deh kok sih pak bu bapak ibu min kak mas mbak saja aja sj aj lah mohon
    untuk utk jadi atau dan"""
)
QUESTION_WORDS = words(
    """apa apakah apaan bagaimana bgmn gimana gmn gmna kenapa knp mengapa berapa brp kapan kpn siapa mana
    dimana kemana bisa bisakah boleh bolehkah kalau kalo klo jika jikalau bila tolong cara caranya maksud
    maksudnya arti artinya beda bedanya contoh contohnya jelaskan bingung bantu cukup sebaiknya haruskah"""
)

WORD = re.compile(r"[0-9]+|[^\W\d_]+")


def tokens(text: str) -> list[str]:
    """Words and figures of a text, lower case, without punctuation."""
    return WORD.findall(text.lower())


def is_question(text: str) -> bool:
    """Whether the text asks rather than answers."""
    return "?" in text or any(word in QUESTION_WORDS for word in tokens(text))
