"""Letters: drafts filled from the data, what stays empty is said, and an agency's own templates."""

import io
import re
import time
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from flows.models import (
    ASSESSOR_SIDE,
    Answer,
    Assessment,
    LetterTemplate,
    Meeting,
    Membership,
    Person,
    Task,
)
from flows.papers import filling, letter_defaults
from flows.papers.letters import LETTERS, NOTULA, PENGANTAR, SPTJM
from tests.support.house import House
from tests.support.talk import Talk

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _words(data: bytes) -> str:
    """The text of a document, a line for each paragraph."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    lines = ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", p)) for p in paragraphs]
    return "\n".join(lines).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def _sent(house: House, talk: Talk) -> bytes:
    """The newest document that came, which must open."""
    message = [m for m in talk.messages if "document" in m][-1]

    async def fetch() -> bytes:
        file = await house.app.bot.get_file(message["document"]["file_id"])
        return bytes(await file.download_as_bytearray())

    data = house.runner.run(fetch())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
    return data


def _draft(house: House, talk: Talk, label: str) -> str:
    talk.type("/menu").tap("Unduh dokumen").tap("Surat (docx)").tap(label)
    if "1" in talk.labels:
        talk.tap("1")
    talk.tap("Buat draf")
    house.settle()
    return _words(_sent(house, talk))


def _meeting(house: House, unit: int, **facts: Any) -> int:
    with house.writing() as session:
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit)).first()
        given: dict[str, Any] = {
            "title": "Rapat monev Januari",
            "held_on": date(2027, 1, 29),
            "held_time": "09.00",
        } | facts
        row = Meeting(unit_id=unit, assessment_id=(assessment.id or 0) if assessment else 0,
                      made_at=house.clock.now(), **given)  # fmt: skip
        session.add(row)
        session.flush()
        return row.id or 0


# the letters ---------------------------------------------------------------------------------------


@pytest.mark.db
def test_the_covering_letter_is_filled_and_says_what_is_left_to_people(house: House) -> None:
    unit = house.unit("Kantor Layanan Contoh")
    house.member(unit, "pimpinan", name="Hadi Contoh")
    budi = house.member(unit, "koordinator")
    budi.type("/lke").tap("Lanjutkan").tap("Ya")
    budi.type("/menu").tap("Unduh dokumen").tap("Surat (docx)").tap("Surat pengantar")
    assert "Hal surat: Penyampaian LKE Zona Integritas menuju WBK tahun 2027" in budi.text
    left = "alamat kop surat, nomor surat, jabatan penandatangan, NIP penandatangan"
    assert f"Masih kosong, lengkapi di Word: {left}." in budi.text
    assert "baru menjadi surat setelah diberi nomor" in budi.text
    budi.tap("Buat draf")
    house.settle()
    said = _words(_sent(house, budi))
    assert "Instansi Contoh\nKantor Layanan Contoh\n[alamat kop surat]" in said
    assert "Yth. Ketua Tim Penilai Internal Instansi Contoh" in said
    assert "LKE terisi 1 dari 110 indikator, dengan 0 berkas dan 0 tautan" in said
    assert "Hadi Contoh\nNIP [NIP penandatangan]" in said
    assert "Penguatan Pengawasan" in said
    assert "{{" not in said
    assert left in budi.text


def test_a_stand_in_signs_while_there_is_one(house: House) -> None:
    unit = house.unit()
    house.member(unit, "pimpinan", name="Hadi Contoh")
    house.member(unit, "pimpinan", name="Wati Contoh")
    today = house.clock.now().date()
    with house.writing() as session:
        wati = session.exec(select(Person).where(Person.name == "Wati Contoh")).one()
        held = session.exec(select(Membership).where(Membership.person_id == wati.id)).one()
        held.acting, held.starts_on, held.ends_on = "Plt", today, today + timedelta(days=3)
    said = _draft(house, house.member(unit, "koordinator"), "SPTJM")
    assert "Wati Contoh" in said
    assert "Plt. [jabatan penandatangan]" in said
    assert "Hadi Contoh" not in said
    house.clock.set_to(house.clock.now() + timedelta(days=5))
    assert "Hadi Contoh" in _draft(house, house.member(unit, "koordinator"), "SPTJM")


def test_an_invitation_is_dated_only_while_the_meeting_is_ahead(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    _meeting(house, unit, place="Aula <lantai 2> & teras")
    said = _draft(house, budi, "Undangan rapat")
    assert "18 Januari 2027" in said
    for line in ("Jumat, 29 Januari 2027", "09.00 WIB sampai selesai", "Aula <lantai 2> & teras"):
        assert line in said
    house.clock.set_to(house.clock.now() + timedelta(days=20))
    said = _draft(house, budi, "Undangan rapat")
    assert "[tanggal surat]" in said
    assert "Februari 2027" not in said


@pytest.mark.db
def test_the_minutes_hold_what_was_written_and_decided(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator", name="Budi Contoh")
    meeting = _meeting(house, unit, minutes="Area 5 dibahas.\n\nSPIP menyusul \U0001f389", attendees=14)
    with house.writing() as session:
        session.add(Task(unit_id=unit, meeting_id=meeting, title="Susun jadwal", made_at=house.clock.now(),
                         due_on=date(2027, 2, 5)))  # fmt: skip
    said = _draft(house, budi, "Notula rapat")
    assert "Pembahasan\nArea 5 dibahas.\nSPIP menyusul \U0001f389\nTindak lanjut" in said
    assert "1\nSusun jadwal\nBelum ada PIC\n5 Februari 2027\nbelum" in said
    assert "14 orang" in said
    dewi = house.member(unit, "anggota", "MP")
    dewi.type("/rapat").tap("1").tap("Undangan dan notula (Word)").tap("Notula rapat")
    assert "Tindak lanjut: 1 baris" in dewi.text


def test_the_assessors_summary_sets_their_value_beside_the_units_own(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    budi.type("/lke").tap("Lanjutkan").tap("Ya")
    rina = house.member(unit, "penilai", name="Rina Contoh")
    rina.type("/menu").tap("Unduh dokumen").tap("Surat (docx)").tap("Ringkasan hasil evaluasi TPI")
    assert "TPI belum menilai" in rina.text
    with house.writing() as session:
        theirs = Assessment(unit_id=unit, year=2027, side=ASSESSOR_SIDE, instrument_id="lke-2021",
                            created_at=house.clock.now())  # fmt: skip
        session.add(theirs)
        session.flush()
        session.add(Answer(assessment_id=theirs.id or 0, item_id="MP.P.1.a", choice="Tidak"))
    said = _draft(house, rina, "Ringkasan hasil evaluasi TPI")
    assert "dinilai 1 dari 110" in said
    assert re.search(r"1\nManajemen Perubahan\n0,\d\d\n0,00\n−0,\d\d\n60%\nbelum", said)
    assert "Rina" not in said


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        ("koordinator", {"Surat pengantar", "SPTJM", "Undangan rapat", "Notula rapat"}),
        ("pimpinan", {"Surat pengantar", "SPTJM"}),
        ("anggota", {"Undangan rapat", "Notula rapat"}),
        ("penilai", {"Ringkasan hasil evaluasi TPI"}),
        ("pendamping", set()),
        ("wilayah", set()),
    ],
)
def test_each_role_is_offered_its_letters_and_no_others(house: House, role: str, labels: set[str]) -> None:
    unit = house.unit()
    talk = house.member(unit, role)
    talk.type("/menu").tap("Unduh dokumen")
    if not labels:
        assert "Surat (docx)" not in talk.labels
    else:
        assert set(talk.tap("Surat (docx)").labels) - {"‹ Dokumen", "Ke menu"} == labels
    meeting = _meeting(house, unit)
    for letter in LETTERS.values():
        if letter.label not in labels:
            talk.tap_data(f"surat.buat:{letter.code}:{unit}:{meeting}")
            house.settle()
    assert [m for m in talk.messages if "document" in m] == []


def test_a_meeting_of_another_unit_makes_no_letter(house: House) -> None:
    agency = house.agency()
    ours, theirs = house.unit("Kantor Satu", agency), house.unit("Kantor Dua", agency)
    budi = house.member(ours, "koordinator")
    meeting = _meeting(house, theirs, title="Rapat rahasia")
    budi.start().tap_data(f"surat.isi:undangan:{meeting}")
    assert "sudah tidak ada dalam daftar" in budi.text
    assert "rahasia" not in budi.text


def test_very_long_and_odd_texts_make_a_letter_that_opens(house: House) -> None:
    odd = "Rapat \u202e\u0643\u062a\u0627\u0628 \U0001f389 {{ nomor }} {% for x in y %} <w:p> & \x0b"
    unit = house.unit("Kantor " + "Sangat Panjang " * 10)
    budi = house.member(unit, "koordinator")
    _meeting(house, unit, title=odd[:200], minutes="\n".join(["Panjang sekali. " * 30] * 12)[:6000])
    said = _draft(house, budi, "Notula rapat")
    assert "{{ nomor }} {% for x in y %} <w:p> &" in said
    assert said.count("Panjang sekali.") > 300


# templates -----------------------------------------------------------------------------------------


def test_the_templates_that_come_with_the_program_are_what_their_script_writes() -> None:
    for code in LETTERS:
        assert filling.default(code) == letter_defaults.made(code), code
        looked = filling.look(LETTERS[code], filling.default(code))
        assert looked.problems == ()
        assert looked.fields | looked.rows == filling.used_by_default(code)


def _template(body: str, parts: dict[str, str | bytes] | None = None, code: str = "sptjm") -> bytes:
    """A docx with this body (paragraphs or other XML)."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(filling.default(code))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                head = data.decode().split("<w:body>")[0]
                data = f"{head}<w:body>{body}</w:body></w:document>".encode()
            if name not in (parts or {}):
                new.writestr(name, data)
        for name, more in (parts or {}).items():
            new.writestr(name, more)
    return out.getvalue()


def _p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _admin_of(house: House) -> tuple[Talk, Talk, int]:
    agency = house.agency()
    unit = house.unit("Kantor Layanan Contoh", agency)
    return house.admin(agency), house.member(unit, "koordinator"), agency


@pytest.mark.db
def test_an_agency_replaces_a_template_after_looking_at_it_and_can_go_back(house: House) -> None:
    ani, budi, _ = _admin_of(house)
    ani.type("/menu").tap("Kelola instansi").tap("Templat surat").tap("SPTJM").tap("Unduh templat")
    assert _sent(house, ani) == filling.default("sptjm")
    mine = _template(_p("Kop kami") + _p("Saya, {{ nama_penandatangan }}, {{ nomor }}"))
    ani.send_file("kop-kami.docx", mine, DOCX)
    assert "sedang diperiksa" in ani.text
    house.settle()
    assert "Templat SPTJM cocok: 2 isian dikenal." in ani.text
    assert "SURAT PERNYATAAN" in _draft(house, budi, "SPTJM")
    ani.tap("Lihat contoh")
    assert "Saya, Nama penandatangan, Nomor surat" in _words(_sent(house, ani))
    ani.tap("Kembali" if "Kembali" in ani.labels else "‹ Kembali").tap("Pakai templat ini")
    assert "milik instansi: kop-kami.docx" in ani.text
    said = _draft(house, budi, "SPTJM")
    assert said == "Kop kami\nSaya, [nama penandatangan], [nomor surat]"
    assert "nomor surat, nama penandatangan" in budi.text
    ani.tap("Pakai bawaan")
    assert "SURAT PERNYATAAN" in _draft(house, budi, "SPTJM")
    states = house.read(lambda s: s.exec(select(LetterTemplate.state)).all())
    assert states == ["old"]


def test_a_template_that_got_lost_gives_way_to_the_programs_own(house: House) -> None:
    ani, budi, _ = _admin_of(house)
    ani.type("/menu").tap("Kelola instansi").tap("Templat surat").tap("SPTJM")
    ani.send_file("kop.docx", _template(_p("{{ nomor }}")), DOCX)
    house.settle()
    ani.tap("Pakai templat ini")
    key = house.read(lambda s: s.exec(select(LetterTemplate.sha256)).one())
    (house.evidence_folder / key[:2] / key).write_bytes(b"rusak")
    assert "SURAT PERNYATAAN" in _draft(house, budi, "SPTJM")
    assert "Templat instansi tidak dapat dibuka" in budi.text


def test_what_is_wrong_with_a_template_is_listed_and_the_old_one_stays(house: House) -> None:
    ani, budi, _ = _admin_of(house)
    ani.type("/menu").tap("Kelola instansi").tap("Templat surat").tap("SPTJM")
    ani.send_file("salah.docx", _template(_p("{{ nomer }}") + _p("{{ rahasia_negara }}")), DOCX)
    house.settle()
    assert "belum dapat dipakai" in ani.text
    assert "Isian nomer tidak dikenal. Mungkin maksudnya nomor." in ani.text
    assert "Isian rahasia_negara tidak dikenal." in ani.text
    assert "Pakai templat ini" not in ani.labels
    assert "SURAT PERNYATAAN" in _draft(house, budi, "SPTJM")
    ani.type("/menu").tap("Kelola instansi").tap("Templat surat").tap("SPTJM")
    ani.send_file("surat.pdf", b"%PDF", "application/pdf")
    assert "harus berkas Word" in ani.text


def test_only_an_admin_of_the_agency_touches_its_templates(house: House) -> None:
    ani, budi, agency = _admin_of(house)
    other = house.admin(house.agency("Instansi Lain"), name="Oto Contoh")
    ani.type("/menu").tap("Kelola instansi").tap("Templat surat").tap("SPTJM")
    ani.send_file("kop.docx", _template(_p("{{ nomor }}")), DOCX)
    house.settle()
    row = house.read(lambda s: s.exec(select(LetterTemplate)).one())
    for talk in (budi, other):
        talk.start()
        for data in (
            *(f"templat:{agency}", f"templat.isi:{agency}:sptjm", f"templat.unduh:{agency}:sptjm"),
            *(f"templat.hasil:{row.id}", f"templat.coba:{row.id}", f"templat.pakai:{row.id}:{row.revision}"),
            f"templat.bawaan:{agency}:sptjm",
        ):
            talk.tap_data(data)
            assert "kop.docx" not in talk.text, data
        assert [m for m in talk.messages if "document" in m] == []
    assert house.read(lambda s: s.exec(select(LetterTemplate.state)).one()) == "ready"


MARKS = [
    ("{{ nomor.__class__.__mro__ }}", filling.UNKNOWN),
    ("{{ ''.join(['a']) }}", filling.FORBIDDEN),
    ("{{ 'a' * 10000000000 }}", filling.FORBIDDEN),
    ("{{ nomor|replace('a', 'b') }}", filling.FORBIDDEN),
    ("{{ nomor|attr('__class__') }}", filling.FORBIDDEN),
    ("{{ self }}", filling.UNKNOWN),
    ("{{ cycler.__init__.__globals__ }}", filling.UNKNOWN),
    ("{% set x = 1 %}", filling.FORBIDDEN),
    ("{% include 'x' %}", filling.FORBIDDEN),
    ("{% macro m() %}{% endmacro %}", filling.FORBIDDEN),
    ("{% for x in range(10) %}{{ x }}{% endfor %}", filling.FORBIDDEN),
    ("{% for x in nomor %}{{ x }}{% endfor %}", filling.UNKNOWN),
    ("{% if nomor > 1 %}x{% endif %}", filling.FORBIDDEN),
    ("{{ nomor", filling.MARKS),
    ("{% vm %}{{ nomor }}", filling.FORBIDDEN),
    ("{% colspan nomor %}", filling.FORBIDDEN),
    ("{{ nomor }}" * 400, filling.BOMB),
    ("{{ nomor }} {% if kota %}", filling.MARKS),
    ("{{ no mor }}", filling.MARKS),
    ("{% for nomor in isi %}{% endfor %}", filling.FORBIDDEN),
    ("tanpa isian", filling.EMPTY),
]


@pytest.mark.parametrize(("mark", "code"), MARKS)
def test_a_template_may_name_fields_and_nothing_else(mark: str, code: str) -> None:
    looked = filling.look(SPTJM, _template(_p(mark)))
    assert [problem.code for problem in looked.problems][:1] == [code], looked
    with pytest.raises(filling.Unusable):
        filling.fill(SPTJM, _template(_p(mark)), {})


def test_loops_conditions_and_capitals_are_allowed() -> None:
    body = (
        _p("{% if kota %}di {{ kota|upper }}{% else %}tanpa kota{% endif %}")
        + _p("{%p for x in isi %}")
        + _p("{{ loop.index }}. {{ x }}")
        + _p("{%p endfor %}")
    )
    made = filling.fill(NOTULA, _template(body), {"kota": "Malang", "isi": ["satu", "dua & tiga"]})
    assert _words(made.data) == "di MALANG\n1. satu\n2. dua & tiga"
    nested = _p("{% for x in isi %}{% for y in agenda %}{{ y }}{% endfor %}{% endfor %}")
    assert filling.look(NOTULA, _template(nested)).problems[0].code == filling.FORBIDDEN
    column = filling.look(PENGANTAR, _template(_p("{% for x in area %}{{ x.nila }}{% endfor %}")))
    assert (column.problems[0].what, column.problems[0].likely) == ("x.nila", "x.nilai")


RELS = (
    '<?xml version="1.0"?><Relationships xmlns="x">'
    '<Relationship Id="r9" Type="{}" Target="{}"{}/></Relationships>'
)
OUTSIDE = ' TargetMode="External"'
BOMB = b"<a>" + b" " * (500 * 1024) + b"</a>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", filling.NOT_DOCX),
        (b"PK\x03\x04rusak", filling.NOT_DOCX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, filling.NOT_DOCX),
        (b"x" * (filling.MAX_BYTES + 1), filling.TOO_BIG),
        (_template(_p("{{ nomor }}"), {"word/vbaProject.bin": b"x"}), filling.ACTIVE),
        (_template(_p("{{ nomor }}"), {"word/embeddings/a.xlsx": b"x"}), filling.ACTIVE),
        (
            _template(
                _p("{{ nomor }}"),
                {
                    "word/_rels/settings.xml.rels": RELS.format(
                        "http://x/attachedTemplate", "http://j", OUTSIDE
                    )
                },
            ),
            filling.REMOTE,
        ),
        (
            _template(_p("{{ nomor }}"), {"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            filling.BROKEN,
        ),
        (_template(_p("{{ nomor }}"), {f"word/m{n}.xml": BOMB for n in range(30)}), filling.BOMB),
        (_template(_p("{{ nomor }}"), {"word/m.xml": BOMB * 2}), filling.BOMB),
        (_template("<w:p><w:r>"), filling.BROKEN),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_file_that_could_do_harm_is_refused_unopened(data: bytes, code: str) -> None:
    assert [problem.code for problem in filling.look(SPTJM, data).problems] == [code]


def test_links_of_the_ordinary_kind_are_allowed() -> None:
    rels: dict[str, str | bytes] = {
        "word/_rels/footer9.xml.rels": RELS.format("http://x/hyperlink", "https://go.id", OUTSIDE)
    }
    assert filling.look(SPTJM, _template(_p("{{ nomor }}"), rels)).problems == ()


NASTY = [
    "{%tr " * 290,
    "{{" * 290,
    "{{" + "(" * 190 + "}}",
    "{{ " + "not " * 48 + "nomor }}",
    "{%p x %} {%tr y %}" * 140,
    "{" * 290_000,
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_template_made_to_be_slow_or_deep_is_not(text: str) -> None:
    """What is made of patterns takes its time, so the number and form of marks are bounded first."""
    body = _p("{{ nomor }}") + _p(text + "x" * (filling.MAX_TEXT - len(text) - 2000))
    started = time.process_time()
    looked = filling.look(SPTJM, _template(body))
    assert time.process_time() - started < 5
    assert looked.problems == () or looked.problems[0].code == filling.MARKS


def test_marks_in_the_documents_properties_are_looked_at_too() -> None:
    core = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.'
        'openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>{{ 'a' * 9999999999 }}</dc:title></cp:coreProperties>"
    )
    types = zipfile.ZipFile(io.BytesIO(filling.default("sptjm"))).read("[Content_Types].xml").decode()
    override = (
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.'
        'core-properties+xml"/></Types>'
    )
    rels = zipfile.ZipFile(io.BytesIO(filling.default("sptjm"))).read("_rels/.rels").decode()
    more = (
        '<Relationship Id="rId7" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
        'core-properties" Target="docProps/core.xml"/></Relationships>'
    )
    parts: dict[str, str | bytes] = {
        "docProps/core.xml": core,
        "[Content_Types].xml": types.replace("</Types>", override),
        "_rels/.rels": rels.replace("</Relationships>", more),
    }
    looked = filling.look(SPTJM, _template(_p("{{ nomor }}"), parts))
    assert [problem.code for problem in looked.problems] == [filling.FORBIDDEN]
