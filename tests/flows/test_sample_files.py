"""The sample worksheets that docs offer for trying the import: each is read as its name promises."""

from pathlib import Path

import pytest

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
