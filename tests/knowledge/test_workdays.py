"""Which days offices work, and how days are counted."""

from datetime import date

import pytest

from knowledge.workdays import Workdays, read, workdays


def test_weekends_holidays_and_joint_leave_are_off() -> None:
    days = workdays()
    assert days.is_off(date(2027, 1, 16))  # Saturday
    assert days.is_off(date(2027, 8, 17))
    assert days.is_off(date(2027, 12, 24))  # joint leave before Christmas
    assert not days.is_off(date(2027, 1, 18))
    assert days.holiday(date(2027, 8, 17)) == "Hari Kemerdekaan Republik Indonesia"
    assert days.holiday(date(2027, 1, 16)) is None


def test_the_data_file_has_the_last_word() -> None:
    days = read(
        {
            "libur": [{"tanggal": date(2027, 2, 17), "nama": "Pemungutan suara"}],
            "kerja": [{"tanggal": date(2027, 12, 24)}, {"tanggal": date(2027, 1, 16)}],
        }
    )
    assert days.holiday(date(2027, 2, 17)) == "Pemungutan suara"
    assert days.is_off(date(2027, 2, 17))
    assert not days.is_off(date(2027, 12, 24))
    assert not days.is_off(date(2027, 1, 16)), "a Saturday on which work is ordered"
    for wrong in ({"libur": [{"tanggal": "besok", "nama": "x"}]}, {"kerja": [{"hari": 1}]}):
        with pytest.raises(ValueError, match="hari_libur"):
            read(wrong)


def test_days_are_moved_and_counted_over_days_off() -> None:
    days = workdays()
    assert days.on_or_before(date(2027, 1, 17)) == date(2027, 1, 15)
    assert days.on_or_after(date(2027, 1, 16)) == date(2027, 1, 18)
    assert days.on_or_before(date(2027, 3, 15)) == date(2027, 3, 5), "over the whole of Lebaran"
    assert days.after(date(2027, 1, 15), 1) == date(2027, 1, 18)
    assert days.after(date(2027, 1, 18), 5) == date(2027, 1, 25)
    assert days.between(date(2027, 1, 15), date(2027, 1, 18)) == 1
    assert days.between(date(2027, 1, 18), date(2027, 1, 18)) == 0


def test_without_overrides_it_is_the_packages_calendar() -> None:
    assert Workdays().is_off(date(2026, 12, 25))
