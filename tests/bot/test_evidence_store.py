"""The evidence folder, the look at links, files sent back, and what `check` says about all of it."""

import hashlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot import check_store
from bot.evidence_store import TEMPORARY, EvidenceStore, FolderStore
from bot.files import TelegramFiles
from bot.links import LinkLooker
from bot.settings import Settings
from flows.evidence import links
from flows.models import Evidence, EvidenceVersion, StoredFile
from flows.ports import FileDamaged, FileUnavailable
from flows.screen import Media, Screen
from tests.support.house import House

DAY = 24 * 3600.0


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "bukti")


def path_of(store: EvidenceStore, key: str) -> Path:
    assert isinstance(store, FolderStore)
    return store.folder / key[:2] / key


# the folder ----------------------------------------------------------------------------------------


def test_bytes_are_kept_once_under_their_hash(store: FolderStore) -> None:
    key = store.put(b"notula")
    assert key == hashlib.sha256(b"notula").hexdigest()
    assert store.put(b"notula") == key
    assert list(store.keys()) == [key]
    assert store.get(key) == b"notula"
    assert [p.name for p in (store.folder / key[:2]).iterdir()] == [key], "no temporary file stays"


def test_what_is_missing_or_has_changed_is_never_given_out(store: FolderStore) -> None:
    key = store.put(b"undangan")
    path_of(store, key).write_bytes(b"undangam")
    with pytest.raises(FileDamaged):
        store.get(key)
    with pytest.raises(FileUnavailable):
        store.get("0" * 64)
    with pytest.raises(FileUnavailable):
        store.get("../../etc/passwd")


def test_sending_a_damaged_file_again_mends_it(store: FolderStore) -> None:
    key = store.put(b"undangan")
    path_of(store, key).write_bytes(b"")
    assert store.put(b"undangan") == key
    assert store.get(key) == b"undangan"


def test_a_kill_while_writing_leaves_nothing_under_a_name(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_self: Path, _target: Path) -> Path:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dies)
        with pytest.raises(SystemExit):
            store.put(b"foto")
    assert list(store.keys()) == []
    left = store.folder / "ab" / f"{TEMPORARY}lama"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"setengah")
    os.utime(left, (time.time() - DAY, time.time() - DAY))
    store.tidy()
    assert not left.exists()


def test_only_what_is_old_is_let_go(store: FolderStore) -> None:
    key = store.put(b"foto")
    assert not store.drop(key, DAY)
    os.utime(path_of(store, key), (time.time() - 2 * DAY, time.time() - 2 * DAY))
    store.put(b"foto")  # somebody sends it again: it is fresh
    assert not store.drop(key, DAY)
    os.utime(path_of(store, key), (time.time() - 2 * DAY, time.time() - 2 * DAY))
    assert store.drop(key, DAY)
    assert not store.has(key)


# settings ------------------------------------------------------------------------------------------


def test_the_folder_and_the_limit_follow_the_settings() -> None:
    assert Settings(_env_file=None, data_dir=Path("x")).evidence_folder == Path("x/bukti")
    assert Settings(_env_file=None, evidence_dir=Path("/srv/b")).evidence_folder == Path("/srv/b")
    assert Settings(_env_file=None, evidence_max_mb=50).evidence_max_bytes == 20 * 1024 * 1024
    own = Settings(_env_file=None, evidence_max_mb=50, telegram_base_url="http://127.0.0.1:8081/bot")
    assert own.evidence_max_bytes == 50 * 1024 * 1024


# links ---------------------------------------------------------------------------------------------


def looker(answers: dict[str, httpx.Response], address: str = "8.8.8.8") -> tuple[LinkLooker, list[str]]:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        assert request.extensions["sni_hostname"] == request.headers["host"]
        return answers[request.headers["host"] + request.url.path]

    return LinkLooker(httpx.MockTransport(answer), lambda _host: [address]), asked


def to(location: str) -> httpx.Response:
    return httpx.Response(302, headers={"location": location})


def test_open_locked_and_unknown() -> None:
    seen, _ = looker(
        {
            "drive.google.com/terbuka": httpx.Response(200, text="<title>Bukti</title>"),
            "drive.google.com/akun": to("https://accounts.google.com/ServiceLogin?continue=x"),
            "drive.google.com/larang": httpx.Response(403),
            "drive.google.com/hilang": httpx.Response(404),
            "contoh.go.id/masuk-dulu": to("/auth/login"),
            "contoh.go.id/form": httpx.Response(200, text='<form><INPUT name=p type="password"></form>'),
            "onedrive.live.com/x": httpx.Response(200, text="<script>"),
        }
    )
    assert seen.look("https://drive.google.com/terbuka") == links.OPEN
    assert seen.look("https://drive.google.com/akun") == links.LOCKED
    assert seen.look("https://drive.google.com/larang") == links.LOCKED
    assert seen.look("https://drive.google.com/hilang") == links.UNKNOWN
    assert seen.look("https://contoh.go.id/masuk-dulu") == links.LOCKED
    assert seen.look("https://contoh.go.id/form") == links.LOCKED
    assert seen.look("https://onedrive.live.com/x") == links.UNKNOWN, "its page is the same for every link"


def test_a_redirect_is_followed_within_its_family_only() -> None:
    seen, asked = looker(
        {
            "1drv.ms/a": to("https://onedrive.live.com/b"),
            "onedrive.live.com/b": httpx.Response(401),
            "drive.google.com/luar": to("https://contoh.example/x"),
            "drive.google.com/dalam": to("http://127.0.0.1/admin"),
            "satu.go.id/x": to("https://dua.go.id/x"),
            "putar.go.id/x": to("https://putar.go.id/x"),
        }
    )
    assert seen.look("https://1drv.ms/a") == links.LOCKED
    assert len(asked) == 2
    for url in ("https://drive.google.com/luar", "https://drive.google.com/dalam", "https://satu.go.id/x"):
        asked.clear()
        assert seen.look(url) == links.UNKNOWN
        assert len(asked) == 1
    assert seen.look("https://putar.go.id/x") == links.UNKNOWN


@pytest.mark.parametrize(
    "url",
    [
        "http://drive.google.com/x",
        "https://drive.google.com:8443/x",
        "https://nama@drive.google.com/x",
        "https://drive.google.com.jahat.example/x",
        "https://jahat.example/drive.google.com",
        "https://127.0.0.1/x",
        "https://go.id/x",
        "https://s.id/abc",
        "https://[::1",
        "ftp://drive.google.com/x",
    ],
)
def test_other_hosts_are_never_asked(url: str) -> None:
    seen, asked = looker({})
    assert seen.look(url) == links.UNKNOWN
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "100.64.0.1",
    ],
)
def test_a_name_that_leads_inside_is_never_asked(address: str) -> None:
    seen, asked = looker({}, address)
    assert seen.look("https://jahat.go.id/x") == links.UNKNOWN
    assert asked == []


def test_a_network_that_fails_is_no_verdict() -> None:
    def breaks(_host: str) -> list[str]:
        raise socket.gaierror

    def times_out(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("lama")

    assert LinkLooker(httpx.MockTransport(times_out), breaks).look("https://a.go.id/x") == links.UNKNOWN
    slow = LinkLooker(httpx.MockTransport(times_out), lambda _host: ["8.8.8.8"])
    assert slow.look("https://a.go.id/x") == links.UNKNOWN


def test_little_is_read() -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 8192
            yield b"a" * 8192

    class Body(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            return endless()

    seen, _ = looker({"a.go.id/x": httpx.Response(200, stream=Body())})
    assert seen.look("https://a.go.id/x") == links.OPEN
    assert read <= 128 * 1024


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("foto kegiatan https://drive.google.com/drive/folders/1?usp=sharing#a", None),
        ("<https://s.id/BuktiZI>", "https://s.id/BuktiZI"),
        ("drive.google.com/file/d/1", "https://drive.google.com/file/d/1"),
        ("http://satker.go.id/bukti", "https://satker.go.id/bukti"),
    ],
)
def test_addresses_as_people_type_them(typed: str, address: str | None) -> None:
    assert links.cleaned(typed) == (address or "https://drive.google.com/drive/folders/1?usp=sharing")


@pytest.mark.parametrize(
    "typed",
    ["halo", "https://", "https://localhost/x", "javascript:alert(1)", "https://a:b@drive.google.com/x"],
)
def test_what_is_no_address(typed: str) -> None:
    assert links.cleaned(typed) is None


# sending back --------------------------------------------------------------------------------------


def test_a_stored_file_is_sent_and_a_lost_one_is_a_sentence(house: House) -> None:
    talk = house.member(house.unit())
    key = house.edge.store.put(b"%PDF-1.4 bukti")
    screen = Screen("<b>Notula</b>", media=Media("stored", (key,), "notula.pdf", "document"))
    assert house.edge.outbound is not None
    house.runner.run(house.edge.outbound.send(talk.user_id, screen))
    sent = talk.messages[-1]
    assert sent["document"]["file_name"] == "notula.pdf"
    assert house.standin.store.content(sent["document"]["file_id"]) == b"%PDF-1.4 bukti"
    path_of(house.edge.store, key).write_bytes(b"rusak")
    house.runner.run(house.edge.outbound.send(talk.user_id, screen))
    assert "tidak dapat dibuka dari penyimpanan" in talk.text
    assert "Notula" in talk.text


def test_a_strip_that_telegram_refuses_as_a_photo_goes_as_a_document(house: House) -> None:
    from tests.support.pictures import jpeg

    talk = house.member(house.unit())
    key = house.edge.store.put(jpeg(40, 1600))
    screen = Screen("Foto", media=Media("stored", (key,), "panjang.jpg", "photo"))
    assert house.edge.outbound is not None
    house.runner.run(house.edge.outbound.send(talk.user_id, screen))
    assert talk.messages[-1]["document"]["file_name"] == "panjang.jpg"


def test_files_are_fetched_with_their_reason_when_they_are_not(house: House) -> None:
    files = TelegramFiles(house.app.bot, house.edge.store, house.links, 100, 100)
    with pytest.raises(FileUnavailable, match="gone"):
        files.fetch("tidak-ada")


# check ---------------------------------------------------------------------------------------------


def test_check_finds_what_is_missing_damaged_and_unknown(house: House) -> None:
    unit = house.unit()
    store = house.edge.store
    good, lost, changed = (store.put(data) for data in (b"baik", b"hilang", b"rusak"))
    with house.writing() as session:
        for key in (good, lost, changed):
            session.add(
                StoredFile(sha256=key, size_bytes=4, mime="application/pdf", stored_at=house.clock.now())
            )
            session.flush()
            evidence = Evidence(unit_id=unit, title="Notula", made_at=house.clock.now())
            session.add(evidence)
            session.flush()
            session.add(EvidenceVersion(evidence_id=evidence.id or 0, sha256=key, made_at=house.clock.now()))
    assert check_store.state(house.db, store) == check_store.StoreState((), (), ())
    path_of(store, lost).unlink()
    path_of(store, changed).write_bytes(b"lain")
    stray = store.put(b"tak dikenal")
    found = check_store.state(house.db, store)
    assert found == check_store.StoreState((lost,), (changed,), (stray,))
    assert len(found.problems) == 2
    assert len(found.notes) == 1
    assert lost[:12] in found.problems[0]


def test_sweeping_drops_what_nothing_needs_a_day_later(house: House) -> None:
    store = house.edge.store
    key = store.put(b"titipan")
    with house.writing() as session:
        session.add(StoredFile(sha256=key, size_bytes=7, mime="image/jpeg", stored_at=house.clock.now()))
    assert check_store.sweep(house.db, store) == 0
    os.utime(path_of(store, key), (time.time() - 2 * DAY, time.time() - 2 * DAY))
    assert check_store.sweep(house.db, store) == 1
    assert not store.has(key)
    assert house.read(lambda s: s.get(StoredFile, key)) is None
