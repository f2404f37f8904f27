"""Dates and times as people type them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import DAYS, MONTHS, Found, Problem, named, parse_date

TODAY = date(2027, 3, 10)  # a Wednesday


def day_of(text: str, today: date = TODAY) -> date:
    found = parse_date(text, today)
    assert isinstance(found, Found), f"{text!r}: {found}"
    return found.day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 Mei 2027", date(2027, 5, 31)),
        ("31/5/2027", date(2027, 5, 31)),
        ("31-05-27", date(2027, 5, 31)),
        ("31.5.2027", date(2027, 5, 31)),
        ("2027-05-31", date(2027, 5, 31)),
        ("31mei2027", date(2027, 5, 31)),
        ("Senin, 31 Mei 2027", date(2027, 5, 31)),
        ("16 april", date(2027, 4, 16)),
        ("16.4", date(2027, 4, 16)),
        ("10/3", date(2027, 3, 10)),
        ("9/3", date(2028, 3, 9)),
        ("1 januari", date(2028, 1, 1)),
        ("5 juni tahun depan", date(2028, 6, 5)),
        ("hari ini", date(2027, 3, 10)),
        ("besok", date(2027, 3, 11)),
        ("bsk", date(2027, 3, 11)),
        ("lusa", date(2027, 3, 12)),
        ("Jumat", date(2027, 3, 12)),
        ("rabu", date(2027, 3, 17)),
        ("jumat besok", date(2027, 3, 12)),
        ("Jumat depan", date(2027, 3, 19)),
        ("jum'at depan", date(2027, 3, 19)),
        ("jumat ini", date(2027, 3, 12)),
        ("senin minggu depan", date(2027, 3, 15)),
        ("minggu depan hari senin", date(2027, 3, 15)),
        ("minggu", date(2027, 3, 14)),
        ("minggu depan", date(2027, 3, 17)),
        ("hari minggu depan", date(2027, 3, 21)),
        ("bulan depan", date(2027, 4, 10)),
        ("3 hari lagi", date(2027, 3, 13)),
        ("2 minggu lagi", date(2027, 3, 24)),
        ("dua minggu lagi", date(2027, 3, 24)),
        ("seminggu lagi", date(2027, 3, 17)),
        ("sebulan lagi", date(2027, 4, 10)),
        ("akhir bulan", date(2027, 3, 31)),
        ("akhir bulan depan", date(2027, 4, 30)),
        ("akhir mei", date(2027, 5, 31)),
        ("akhir feb", date(2028, 2, 29)),
        ("pertengahan april", date(2027, 4, 15)),
        ("awal juni", date(2027, 6, 1)),
        ("akhir triwulan II", date(2027, 6, 30)),
        ("akhir tahun", date(2027, 12, 31)),
        ("tgl 5", date(2027, 4, 5)),
        ("tgl 15", date(2027, 3, 15)),
        ("tanggal 5 bulan depan", date(2027, 4, 5)),
        ("16", date(2027, 3, 16)),
        ("17 agt", date(2027, 8, 17)),
        ("17 agust", date(2027, 8, 17)),
        ("5 sept", date(2027, 9, 5)),
        ("5 okt", date(2027, 10, 5)),
        ("5 nov", date(2027, 11, 5)),
        ("5 des", date(2027, 12, 5)),
        ("3 ferbuari", date(2028, 2, 3)),
        ("16 aprill", date(2027, 4, 16)),
        ("5 desembr", date(2027, 12, 5)),
        ("kamsi", date(2027, 3, 11)),
        ("31 May 2027", date(2027, 5, 31)),
        ("May 31, 2027", date(2027, 5, 31)),
        ("tomorrow", date(2027, 3, 11)),
        ("next friday", date(2027, 3, 19)),
        ("in 3 days", date(2027, 3, 13)),
        ("paling lambat tgl 31 mei ya", date(2027, 5, 31)),
    ],
)
def test_a_day_is_understood_as_people_type_it(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == Found(day)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("31 mei jam 9", time(9)),
        ("31 mei jam 9 pagi", time(9)),
        ("31 mei jam 3 sore", time(15)),
        ("31 mei jam 9 malam", time(21)),
        ("31 mei jam 12 siang", time(12)),
        ("31 mei jam 12 malam", time(23, 59)),
        ("31 mei jam 4", time(16)),
        ("31 mei 04.30", time(4, 30)),
        ("31 mei jam 14.30", time(14, 30)),
        ("31 mei, pukul 16", time(16)),
        ("31 mei 2027 16.00", time(16)),
        ("31 mei 09.05", time(9, 5)),
        ("31 mei 16:00", time(16)),
        ("31 mei jam setengah 9", time(8, 30)),
        ("31 mei 4 pm", time(16)),
        ("31 mei 24.00", time(23, 59)),
    ],
)
def test_a_time_is_understood_beside_the_day(text: str, at: time) -> None:
    assert parse_date(text, TODAY) == Found(date(2027, 5, 31), at)


def test_a_typed_zone_is_handed_on() -> None:
    assert parse_date("31 mei jam 9 WITA", TODAY) == Found(date(2027, 5, 31), time(9), zone="WITA")


@pytest.mark.parametrize(
    ("text", "sentence", "suggestion"),
    [
        ("31 Februari", "Tanggal 31 Februari tidak ada. Maksudnya 28 Februari 2027?", date(2027, 2, 28)),
        ("29 februari", "Tanggal 29 Februari 2027 tidak ada. Maksudnya 28 Februari 2027?", date(2027, 2, 28)),
        ("31 April 2027", "Tanggal 31 April 2027 tidak ada. Maksudnya 30 April 2027?", date(2027, 4, 30)),
        ("31 Mei 2020", "31 Mei 2020 sudah lewat. Maksudnya 31 Mei 2027?", date(2027, 5, 31)),
        ("31 mei 2207", "Tahun 2207 terlalu jauh. Maksudnya 31 Mei 2027?", date(2027, 5, 31)),
        ("5/31/2027", "Bulan 31 tidak ada. Maksudnya 31 Mei 2027?", date(2027, 5, 31)),
        (
            "Senin, 16 April 2027",
            "16 April 2027 jatuh pada hari Jumat, bukan Senin. Maksudnya Jumat, 16 April 2027?",
            date(2027, 4, 16),
        ),
        (
            "28-30 mei",
            "Itu rentang tanggal, sedangkan yang diperlukan satu hari. Maksudnya 30 Mei 2027?",
            date(2027, 5, 30),
        ),
        ("mei", "Tanggal berapa di bulan Mei? Kalau akhir bulan, 31 Mei 2027.", date(2027, 5, 31)),
        (
            "tgl 5 atau 16 april",
            "Ada dua tanggal: 5 Februari 2027 dan 16 April 2027. Mohon ketik salah satu saja.",
            None,
        ),
        ("jam 14.30", "Tanggalnya belum ada. Contoh: 16 April jam 9.", None),
        ("besok jam 25", "Jam 25.00 tidak ada. Contoh: 16 April jam 9, atau 16 April 16.30.", None),
        ("kemarin", "Kemarin sudah lewat. Mohon ketik tanggal yang akan datang.", None),
    ],
)
def test_what_cannot_be_a_date_is_said_with_what_was_perhaps_meant(
    text: str, sentence: str, suggestion: date | None
) -> None:
    problem = parse_date(text, date(2027, 1, 18))
    assert isinstance(problem, Problem)
    assert (problem.sentence, problem.suggestion) == (sentence, suggestion)


@pytest.mark.parametrize("text", ["H-3 lebaran", "h - 7", "sebelum lebaran", "10 hari kerja lagi"])
def test_counting_from_feasts_and_working_days_is_declined_politely(text: str) -> None:
    problem = parse_date(text, TODAY)
    assert isinstance(problem, Problem)
    assert problem.sentence.endswith("Mohon ketik tanggalnya, misalnya 16 April.")


@pytest.mark.parametrize(
    "text",
    ["", "apa syarat WBK?", "apa beda area 5 dan area 6", "18 dari 20", "kamus", "belum tahu", "x" * 5000],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text, TODAY) is None


def test_what_was_said_beside_the_date_is_kept_as_rest() -> None:
    assert parse_date("apakah jumat sudah libur?", TODAY) == Found(
        date(2027, 3, 12), rest="apakah sudah libur"
    )


def test_jumat_depan_is_the_friday_of_next_week_on_every_day_of_this_week() -> None:
    monday = date(2027, 3, 8)
    for n in range(7):
        assert day_of("Jumat depan", monday + timedelta(days=n)) == date(2027, 3, 19)


FORMS = (
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{DAYS[d.weekday()]}, {named(d)}",
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d:%d-%m-%y}",
    lambda d: f"{d:%d.%m.%Y}",
    lambda d: d.isoformat(),
    lambda d: f"{d.day} {MONTHS[d.month - 1][:3].lower()} {d:%y}",
)

days_ahead = st.integers(min_value=0, max_value=1500)
todays = st.dates(date(2024, 1, 1), date(2060, 12, 31))


@given(todays, days_ahead, st.sampled_from(FORMS))
def test_every_written_form_of_a_day_is_read_back_as_that_day(today: date, ahead: int, form) -> None:  # type: ignore[no-untyped-def]
    day = today + timedelta(days=ahead)
    assert parse_date(form(day), today) == Found(day)


@given(todays, days_ahead, st.times(), st.sampled_from(["jam", "pukul", ""]))
def test_every_written_time_is_read_back(today: date, ahead: int, at: time, word: str) -> None:
    day, minute = today + timedelta(days=ahead), at.replace(second=0, microsecond=0, tzinfo=None, fold=0)
    assert parse_date(f"{named(day)} {word} {minute:%H.%M}", today) == Found(day, minute)


@given(todays, st.integers(0, 364))
def test_a_day_without_year_is_the_next_such_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    if (day.month, day.day) != (2, 29):
        assert day_of(f"{day.day} {MONTHS[day.month - 1]}", today) == day


WORDS = (
    "31",
    "0",
    "99",
    "/",
    ".",
    "mei",
    "feb",
    "jam",
    "akhir",
    "tgl",
    "depan",
    "minggu",
    "lagi",
    "2027",
    "0000",
    "h-",
)


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=7), todays)
def test_no_text_breaks_the_reader_and_no_found_day_is_past(words: list[str], today: date) -> None:
    found = parse_date(" ".join(words), today)
    if isinstance(found, Found):
        assert today <= found.day
    if isinstance(found, Problem) and found.suggestion:
        assert today <= found.suggestion


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("jumat terakhir april", date(2027, 4, 30)),
        ("jumat terakhir bulan ini", date(2027, 3, 26)),
        ("senin pertama bulan depan", date(2027, 4, 5)),
        ("rabu ke-2 mei 2028", date(2028, 5, 10)),
        ("senin pertama januari", date(2028, 1, 3)),
        ("seminggu sebelum 31 mei", date(2027, 5, 24)),
        ("2 hari setelah 16 april", date(2027, 4, 18)),
        ("H-7 31 mei", date(2027, 5, 24)),
        ("16/4/27", date(2027, 4, 16)),
        ("akhir tw 3", date(2027, 9, 30)),
    ],
)
def test_days_that_are_counted_from_a_month_or_a_day(text: str, day: date) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize("text", ["senin lalu", "minggu lalu", "3 hari yang lalu", "bulan kemarin"])
def test_what_lies_behind_is_never_taken_for_the_next_such_day(text: str) -> None:
    problem = parse_date(text, TODAY)
    assert isinstance(problem, Problem)
    assert problem.sentence == "Waktu itu sudah lewat. Mohon ketik tanggal yang akan datang."


def test_a_quarter_alone_and_a_week_of_a_month_are_asked_back() -> None:
    quarter = parse_date("tw 2", TODAY)
    assert quarter == Problem("Tanggal berapa? Kalau akhir tw 2, 30 Juni 2027.", date(2027, 6, 30))
    week = parse_date("minggu kedua april", TODAY)
    assert week == Problem("Hari apa di minggu itu? Mohon ketik tanggalnya, misalnya 10 April 2027.")
    fifth = parse_date("senin kelima april", TODAY)
    assert isinstance(fifth, Problem)


def test_lalu_within_other_work_is_no_past_day() -> None:
    assert parse_date("siapkan notula lalu kirim jumat", TODAY) == Found(
        date(2027, 3, 12), rest="siapkan notula lalu kirim"
    )


@given(
    todays,
    st.integers(1, 900),
    st.integers(1, 60),
    st.sampled_from(["H-{n} {day}", "{n} hari sebelum {day}"]),
)
def test_counting_back_from_a_day_is_that_many_days_before_it_or_refused_as_past(
    today: date, ahead: int, days: int, form: str
) -> None:
    day = today + timedelta(days=ahead)
    found = parse_date(form.format(n=days, day=named(day)), today)
    meant = day - timedelta(days=days)
    if meant >= today:
        assert found == Found(meant)
    else:
        assert isinstance(found, Problem)
        assert "sudah lewat" in found.sentence


@given(todays, st.integers(0, 300))
def test_the_last_weekday_of_a_month_is_the_last(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    found = parse_date(f"hari {DAYS[day.weekday()]} terakhir {MONTHS[day.month - 1]} {day.year}", today)
    if isinstance(found, Found):
        assert (found.day.weekday(), found.day.month, found.day.year) == (day.weekday(), day.month, day.year)
        assert (found.day + timedelta(days=7)).month != day.month
    else:
        assert isinstance(found, Problem)
        assert "sudah lewat" in found.sentence
