"""Answers by date: which dates mean the rule, and what held on them."""

from datetime import date

import pytest

from flows.faq import texts
from flows.faq.replies import reply_to
from knowledge.as_of import dated
from knowledge.library import Library
from knowledge.rule_days import day_after, first_day, last_day, past_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "said", "start", "end"),
    [
        ("per Maret 2024, batas lapor LHKPN khusus?", "Maret 2024", "2024-03-01", "2024-03-31"),
        ("per 1 Maret 2025 batas lhkpn khusus", "1 Maret 2025", "2025-03-01", "2025-03-01"),
        ("aturan tahun 2021 syarat WBK?", "tahun 2021", "2021-01-01", "2021-12-31"),
        ("syarat WBK 2020", "tahun 2020", "2020-01-01", "2020-12-31"),
        ("pada tahun 2020 berapa nilai minimal survei", "tahun 2020", "2020-01-01", "2020-12-31"),
        ("sebelum 2022 minimal nilainya berapa", "sebelum 2022", "0001-01-01", "2021-12-31"),
        ("sampai 2021 siapa yang menetapkan, aturannya", "sampai 2021", "0001-01-01", "2021-12-31"),
        ("sebelum permenpan 90 syarat WBK", "sebelum PermenPANRB 90", "0001-01-01", "2021-12-30"),
        ("sebelum PermenPANRB 90/2021 bobot", "sebelum PermenPANRB 90/2021", "0001-01-01", "2021-12-30"),
        ("sebelum peraturan KPK 3/2024", "sebelum Peraturan KPK 3/2024", "0001-01-01", "2025-03-31"),
        ("tahun lalu batas lapor LHKPN kapan", "tahun 2025", "2025-01-01", "2025-12-31"),
        ("dulu batas lhkpn khusus berapa bulan", "dulu", "0001-01-01", "9999-12-31"),
        ("aturan lama syarat WBK", "dulu", "0001-01-01", "9999-12-31"),
        ("bobot area dulu berapa", "dulu", "0001-01-01", "9999-12-31"),
        ("kalau tahun 2024?", "tahun 2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_date_of_the_rule_is_read(text: str, said: str, start: str, end: str) -> None:
    found = dated(text, TODAY)
    assert found is not None
    assert found.as_of.said == said
    assert (found.as_of.start.isoformat(), found.as_of.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "bukti tahun 2023 boleh dipakai?",
        "laporan tahun 2022 masih memenuhi syarat?",
        "LKE 2021 syarat WBK",
        "PermenPANRB 5 tahun 2024 syarat instansi",
        "PermenPANRB 90/2021 isinya apa",
        "UU 25 tahun 2009 tentang apa",
        "SE 4/2025 isinya",
        "edaran menpan 2025 survei mandiri",
        "apa beda aturan 2019 dan 2021",
        "apa yang berubah di aturan lama",
        "bobot lama dan baru",
        "aturan gratifikasi terbaru 2026",
        "unit kami dapat WBK 2021, syarat WBBM apa",
        "unit sudah WBK 2020 syarat naik ke WBBM",
        "WBK dulu baru WBBM?",
        "saya mau tanya dulu syarat wbk",
        "SKP tahun lalu boleh jadi bukti?",
        "capaian tahun lalu 110 persen, minimal berapa supaya aman?",
        "berkas saya dipersulit sejak tiga tahun lalu, apa syarat lapor Ombudsman?",
        "membangun ZI sejak 2023 apa memenuhi syarat",
        "contoh unit wbk 2022",
        "road map rb 2020-2024 isinya apa",
        "area 5 2024",
        "berapa unit dapat wbk tahun 2021",
        "apa syarat WBK?",
        "",
    ],
)
def test_a_date_of_something_else_is_left_alone(text: str) -> None:
    assert dated(text, TODAY) is None


def said(library: Library, question: str, last_topic: str | None = None) -> str:
    outcome = library.ask(question, last_topic=last_topic, today=TODAY)
    assert outcome.kind == "answer", (question, outcome)
    return reply_to(library, question, outcome).text


def test_the_rule_of_that_day_comes_first_and_the_change_is_named(library: Library) -> None:
    lines = said(library, "per Maret 2024, batas lapor LHKPN khusus?").splitlines()
    assert lines[0].startswith("Maret 2024: LHKPN khusus paling lambat tiga bulan")
    assert lines[1].startswith("Sampai 31 Maret 2025 berlaku Peraturan KPK 2/2020; sejak 1 April 2025 ")
    assert "dua bulan" in lines[1]
    assert texts.TODAYS_RULE in lines
    assert lines[-1].startswith("Dasar: ")


def test_a_year_in_which_the_rule_changed_tells_both(library: Library) -> None:
    lines = said(library, "batas LHKPN khusus tahun 2025").splitlines()
    assert lines[0].startswith("Sampai 31 Maret 2025, menurut Peraturan KPK 2/2020: ")
    assert lines[1].startswith("Sejak 1 April 2025: ")


def test_a_rule_that_held_then_already_is_said_to_be_the_same(library: Library) -> None:
    text = said(library, "syarat WBK tahun 2023")
    assert text.startswith("Untuk tahun 2023 berlaku aturan yang sama dengan sekarang (PermenPANRB 90/2021")
    assert library.faq["syarat-wbk"].detail in text


def test_what_is_not_known_for_a_day_is_not_made_up(library: Library) -> None:
    text = said(library, "syarat instansi tahun 2023")
    assert text.startswith("Aturan untuk tahun 2023 tidak ada pada saya.")
    assert "berlaku sejak 15 Juli 2024" in text.splitlines()[0]
    assert said(library, "per 2028 syarat WBK apa").startswith("Untuk tahun 2028 belum dapat dipastikan")


def test_old_thresholds_from_memory_are_told_with_their_doubt(library: Library) -> None:
    text = said(library, "aturan tahun 2021 syarat WBK?")
    assert text.startswith("Tahun 2021: nilai total minimal WBK juga 75")
    assert "seingat umum" in text
    assert "jangan dipakai untuk menilai" in text


def test_among_vague_topics_the_date_points_to_the_one_that_changed(library: Library) -> None:
    assert "75 untuk WBK dan 85 untuk WBBM" in said(library, "sebelum 2022 minimal nilainya berapa")


def test_a_date_alone_asks_it_about_the_last_topic(library: Library) -> None:
    for text in ("kalau tahun 2024?", "dulu berapa?", "kalau dulu?", "sebelum peraturan KPK 3/2024?"):
        assert "tiga bulan" in said(library, text, "lhkpn-batas-waktu").splitlines()[0], text


def test_the_latest_earlier_rule_is_the_one_of_dulu(library: Library) -> None:
    for entry in library.faq.values():
        for each in entry.formerly:
            assert last_day(each.until) < TODAY, entry.id
            assert each.text[0].isupper(), entry.id
            assert each.text.endswith("."), entry.id
            assert not each.then.endswith("."), entry.id
            assert each.caution.endswith(".") or not each.caution, entry.id
    found = dated("dulu batas pengusulan kapan", TODAY)
    assert found is not None
    (latest,) = past_of(library.faq["jadwal-pengusulan"], found.as_of)
    assert latest.until == "2024"


def test_days_of_years_months_and_days() -> None:
    assert (first_day("2021"), last_day("2021")) == (date(2021, 1, 1), date(2021, 12, 31))
    assert (first_day("2024-02"), last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert day_after("2025-03-31") == date(2025, 4, 1)
    for wrong in ("", "dulu", "2024-13", "2024-02-30", "24"):
        with pytest.raises(ValueError):
            first_day(wrong)
