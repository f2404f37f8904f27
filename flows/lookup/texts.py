"""Wording of terms and search. Plain text unless said otherwise."""

from collections.abc import Sequence

from flows import fmt

SEARCH_AGAIN, ALL_RESULTS, LETTERS = "Cari lagi", "‹ Semua hasil", "‹ Semua huruf"
ASK, OPEN_PRIVATE, TO_SEARCH = "Tanya ZI", "Buka Pandu ZI", "Cari lebih luas"
EXAMPLES = ("sop", "gratifikasi", "agen perubahan")
"""Searches offered before anything is typed."""

TITLE = 90
TERM_EXAMPLE = "/istilah SPKP"

SEARCH_PROMPT = (
    "Silakan tulis yang dicari.\n\n"
    "Cukup satu atau dua kata, misalnya <i>sop</i> atau <i>benturan kepentingan</i>. Singkatan, nomor "
    "indikator, dan salah ketik kecil tidak apa-apa."
)
"""HTML."""
SEARCH_PROMPT_GROUP = (
    "Tulis /cari lalu kata yang dicari, misalnya <i>/cari gratifikasi</i>.\n\n"
    "Di grup ini saya mencari jawaban umum dan istilah. Indikator dan data unit dicari di obrolan pribadi."
)
"""HTML."""
TERMS_PROMPT_GROUP = (
    f"Tulis /istilah lalu istilahnya, misalnya <i>{TERM_EXAMPLE}</i>.\n\n"
    "Daftar seluruhnya ada di obrolan pribadi."
)
"""HTML."""


def number_line(number: int, title: str) -> str:
    """One result, HTML."""
    return f"{number}  {fmt.esc(fmt.cut(fmt.one_line(title), TITLE))}"


def results(query: str, total: int, sections: Sequence[tuple[str, int, Sequence[str]]]) -> str:
    """Every group with its first lines (heading, how many there are, lines), HTML."""
    parts = [f"<b>{total} hasil untuk “{fmt.esc(query)}”</b>"]
    for heading, size, lines in sections:
        more = f" ({len(lines)} dari {size})" if size > len(lines) else ""
        parts.append("\n".join((f"<b>{fmt.esc(heading)}</b>{more}", *lines)))
    parts.append("Ketuk atau ketik nomornya.")
    return "\n\n".join(parts)


def group_page(heading: str, query: str, total: int, page: int, pages: int, lines: Sequence[str]) -> str:
    """One page of a group, HTML."""
    where = f" · halaman {page + 1} dari {pages}" if pages > 1 else ""
    head = f"<b>{fmt.esc(heading)}: {total} hasil untuk “{fmt.esc(query)}”</b>{where}"
    return "\n".join((head, "", *lines, "", "Ketuk atau ketik nomornya."))


def all_of(heading: str, total: int) -> str:
    """The button to a whole group."""
    return f"Semua {heading[0].lower()}{heading[1:]} ({total})"


def nothing(query: str) -> str:
    """Nothing was found, HTML."""
    said = f" dengan “{fmt.esc(query)}”" if query else ""
    return (
        f"Belum ada yang cocok{said}.\n\n"
        "Coba kata lain yang lebih khusus, misalnya nama kegiatan, singkatan, atau nomor indikator. "
        "Untuk bertanya, langsung ketik pertanyaannya lewat Tanya ZI."
    )


# terms ---------------------------------------------------------------------------------------------


def letters(total: int) -> str:
    """The glossary by letter, HTML."""
    return (
        f"<b>Kamus: {total} istilah</b>\n\n"
        "Ketik istilah atau singkatannya, misalnya <i>spkp</i>, atau pilih huruf awalnya."
    )


def letter(name: str, total: int, page: int, pages: int, lines: Sequence[str]) -> str:
    """One page of a letter, HTML."""
    where = f" · halaman {page + 1} dari {pages}" if pages > 1 else ""
    return "\n".join((f"<b>{fmt.esc(name)}: {total} istilah</b>{where}", "", *lines))


def term_line(abbr: str, expansion: str) -> str:
    """One term, HTML."""
    return f"<b>{fmt.esc(abbr)}</b>: {fmt.esc(expansion)}"


def near(asked: str, lines: Sequence[str]) -> str:
    """What may have been meant, HTML."""
    head = f"Istilah “{fmt.esc(fmt.cut(asked, 40))}” tidak ada di kamus. Mungkin yang dimaksud:"
    return "\n".join((head, "", *lines))


def unknown(asked: str) -> str:
    """No such term, HTML."""
    return (
        f"Istilah “{fmt.esc(fmt.cut(asked, 40))}” belum ada di kamus.\n\n"
        "Periksa ejaannya, pilih dari daftar huruf, atau cari di semua jawaban."
    )
