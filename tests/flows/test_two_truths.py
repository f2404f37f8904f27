"""The unit's self-assessment and the assessors' value stand side by side and never touch."""

from sqlmodel import select

from flows.models import ASSESSOR_SIDE, Answer, Assessment
from tests.support.house import House


def test_an_assessors_worksheet_of_the_same_year_does_not_touch_the_units_own(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    budi.type("/lke").tap("Lanjutkan").tap("Ya")
    with house.writing() as session:
        theirs = Assessment(
            unit_id=unit,
            year=2027,
            side=ASSESSOR_SIDE,
            instrument_id="lke-2021",
            created_at=house.clock.now(),
        )
        session.add(theirs)
        session.flush()
        session.add(Answer(assessment_id=theirs.id or 0, item_id="MP.P.1.a", choice="Tidak"))
    budi.type("/lke").tap("Lanjutkan")
    assert "Jawaban: Ya" in budi.text
    budi.type("/progres")
    assert "1 dari 110" in budi.text
    choices = house.read(lambda s: s.exec(select(Answer.choice).order_by(Answer.choice)).all())
    assert choices == ["Tidak", "Ya"]


def test_the_older_instrument_is_shown_as_history_with_its_weights(house: House) -> None:
    budi = house.member(house.unit(), "koordinator")
    budi.type("/kesiapan").tap("Semua syarat").tap("WBK dan WBBM").tap("LKE sebelum 2021")
    assert "Area 1 Manajemen Perubahan: 5 menjadi 8" in budi.text
    assert "tidak dipakai untuk evaluasi nasional" in budi.text
    assert "tidak ditampilkan" in budi.text
