"""The sample worksheets that docs offer for trying the import: each is read as its name promises."""

from pathlib import Path

import pytest

from bot.demo import sample_bulk
from flows.bulk import reading
from tests.support.house import House

SAMPLES = Path(__file__).parents[2] / "docs" / "contoh"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("lke-contoh.xlsx", "Terbaca: 99 dari 110 jawaban"),
        ("lke-contoh-tpi.xlsx", "Terbaca: 99 dari 110 jawaban"),
        ("lke-contoh-berantakan.xlsx", "sel yang meragukan"),
    ],
)
def test_a_sample_is_read_and_nothing_saved_before_agreement(house: House, name: str, says: str) -> None:
    budi = house.member(house.unit(), "koordinator")
    budi.send_file(name, (SAMPLES / name).read_bytes(), XLSX)
    assert "Diterima" in budi.text
    house.send_due()
    assert says in budi.text
    budi.type("/progres")
    assert "0 dari 110" in budi.text


def test_the_table_of_fifty_units_is_as_it_is_generated_and_comes_in_whole(house: House) -> None:
    data = (SAMPLES / "unit-contoh.xlsx").read_bytes()
    assert reading.read(data, "a.xlsx") == reading.read(sample_bulk.workbook(), "a.xlsx")
    ani = house.admin(house.agency())
    ani.type("/menu").tap("Kelola instansi").tap("Impor unit dan orang")
    ani.send_file("unit-contoh.xlsx", data, XLSX)
    house.settle()
    assert "Unit: 50 baru\nOrang: 105 baru" in ani.text
    ani.tap("Terapkan")
    house.settle()
    assert "Tersimpan: 50 baris unit dan 105 baris orang" in ani.text
