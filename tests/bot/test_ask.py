"""`pandu-zi ask`: the contract of its lines, and what it must not load."""

import json
import subprocess
import sys
from pathlib import Path

from bot import ask

FIELDS = ["q", "reply", "answered", "topic", "score", "suggestions", "ms"]


def test_an_answer_holds_exactly_the_agreed_fields() -> None:
    found = ask.answer("apa syarat WBK?")
    assert list(found) == FIELDS
    assert (found["q"], found["answered"], found["topic"]) == ("apa syarat WBK?", True, "syarat-wbk")
    assert "75" in found["reply"]
    assert "syarat-wbbm" in found["suggestions"]
    assert 0 <= found["score"] <= 100
    assert found["ms"] > 0


def test_declining_choosing_and_small_talk_are_told_apart() -> None:
    declined = ask.answer("syarat perpanjang SIM")
    assert (declined["answered"], declined["topic"], declined["suggestions"]) == (False, None, [])
    vague = (
        "surveinya gimana",
        "nilai minimalnya",
        "lapor ke mana",
        "pengaduan",
        "syarat",
        "bukti",
        "predikat",
        "bobot",
    )
    offered = next(
        found for found in map(ask.answer, vague) if found["suggestions"] and not found["answered"]
    )
    assert offered["topic"] is None
    assert offered["reply"].startswith("Maaf, saya belum menangkap maksudnya.")
    talk = ask.answer("selamat sore min")
    assert (talk["answered"], talk["topic"]) == (True, None)
    assert "Selamat sore" in talk["reply"]


def test_terms_and_indicators_have_their_own_ids() -> None:
    assert ask.answer("siharka itu singkatan apa")["topic"] == "gl-siharka"
    assert ask.answer("A.I.5.i.a")["topic"] == "lke:PW.P.1.a"


def test_a_reply_is_visible_text_only() -> None:
    for question in ("apa syarat WBK?", "A.I.5.i.a", "apa <b>itu</b> ZI & WBK?", "entah apa"):
        reply = ask.answer(question)["reply"]
        assert not any(sign in reply for sign in ("<b>", "</", "&amp;", "&lt;", "[Membantu]"))


def test_a_file_gives_one_line_each_and_names_its_bad_lines(tmp_path: Path) -> None:
    file = tmp_path / "tanya.jsonl"
    rows = [
        '{"q": "apa syarat WBK?", "kind": "formal"}',
        "",
        "bukan json",
        '{"tanya": 1}',
        '["q"]',
        '{"q": "halo"}',
    ]
    file.write_bytes("\n".join(rows).encode("utf-8-sig"))
    lines = [json.loads(line) for line in ask.run_jsonl(file)]
    assert [line.get("line") for line in lines] == [None, 3, 4, 5, None]
    assert [list(line) == FIELDS for line in lines] == [True, False, False, False, True]
    assert lines[1]["error"] == "baris 3: bukan JSON yang sah"


def test_hostile_questions_never_raise() -> None:
    for question in (
        "",
        " ",
        "\x00",
        "\ud800",
        "?" * 5000,
        "a" * 4096,
        "\u200b\u202e",
        "🙏",
        "1" * 300,
        "A.I." * 500,
    ):
        found = ask.answer(question)
        assert found["reply"], repr(question[:10])


def test_asking_loads_neither_telegram_nor_the_database() -> None:
    code = (
        "import sys; from bot import ask; ask.answer('apa syarat WBK?'); "
        "print(sorted({m.split('.')[0] for m in sys.modules} & "
        "{'telegram', 'sqlalchemy', 'sqlmodel', 'httpx', 'starlette', 'Sastrawi'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
