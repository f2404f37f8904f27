"""In a bucket: whole or not there, mended when sent again, never lost because the service is away."""

import hashlib
import io
import logging
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import obstore
import pytest
from pydantic import SecretStr
from sqlmodel import select
from typer.testing import CliRunner

from bot import backup, check_store, export, log
from bot.__main__ import cli
from bot.bucket_store import PIECE_BYTES, Bucket, BucketStore
from bot.db import Database
from bot.demo import sample
from bot.evidence_store import FolderStore, store_of
from bot.settings import Settings
from bot.watch import Watch
from flows.models import Intake, Job
from flows.ports import FileDamaged, FileUnavailable, StoreUnreachable
from flows.screen import Media, Screen
from knowledge.library import Library
from tests.support import pictures
from tests.support.bucket import S3, SECRET, served, settings_of
from tests.support.databases import Sqlite, emptied
from tests.support.house import House

NOW = datetime(2027, 1, 18, 2, 0, tzinfo=UTC)
DAY = 24 * 3600.0


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    """An S3 server for the tests of this file."""
    yield from served()


def at(key: str) -> str:
    """Where an object lies, past the store."""
    return f"bukti/{key[:2]}/{key}"


# the bucket ----------------------------------------------------------------------------------------


def test_a_bucket_keeps_what_a_folder_keeps(s3: S3) -> None:
    bucket = s3.bucket()
    store = BucketStore(bucket)
    key = store.put(b"notula")
    assert key == hashlib.sha256(b"notula").hexdigest()
    assert store.put(b"notula") == key
    assert (store.get(key), store.has(key), list(store.keys())) == (b"notula", True, [key])
    obstore.put(store._store, at(key), b"diubah")
    with pytest.raises(FileDamaged):
        store.get(key)
    store.put(b"notula")
    assert store.get(key) == b"notula", "sending it again mends it"
    obstore.put(store._store, "bukti/catatan.txt", b"x")
    other = BucketStore(Bucket(**{**_fields(bucket), "prefix": "unit-lain"}))
    assert list(other.keys()) == []
    assert list(store.keys()) == [key], "what is not named by its hash is not ours"
    assert not store.drop(key, DAY), "it is fresh"
    assert store.drop(key, 0.0)
    assert store.drop(key, DAY), "what is not there is gone"
    with pytest.raises(FileUnavailable):
        store.get(key)
    for outside in ("../../etc/passwd", "0" * 63 + "/", "A" * 64, ""):
        with pytest.raises(FileUnavailable):
            store.get(outside)


def _fields(bucket: Bucket) -> dict[str, str]:
    return {name: getattr(bucket, name) for name in Bucket.__slots__}


def test_a_large_file_goes_and_comes_in_pieces_and_is_not_seen_before_the_last(
    s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = s3.store()
    data = bytes(range(256)) * (2 * PIECE_BYTES // 256) + b"akhir"
    key = store.put(data)
    assert str(obstore.head(store._store, at(key))["e_tag"]).strip('"').endswith("-3"), "three pieces"
    assert store.get(key) == data
    half = obstore.open_writer(store._store, at("f" * 64), buffer_size=PIECE_BYTES)
    half.write(data)
    half.flush()
    assert not store.has("f" * 64), "half sent, then killed"
    assert list(store.keys()) == [key]
    half.close()
    assert store.has("f" * 64)


def test_a_service_that_is_away_or_refuses_never_makes_a_file_lost(s3: S3) -> None:
    none = BucketStore(s3.bucket(there=False))
    for ask in (lambda: none.put(b"x"), lambda: none.get("a" * 64), lambda: list(none.keys()), none.probe):
        with pytest.raises(StoreUnreachable, match="bucket"):
            ask()
    away = BucketStore(Bucket("http://127.0.0.1:9", "bukti", "", "us-east-1", "kunci", SECRET))
    for call in (away.probe, lambda: away.has("a" * 64), lambda: away.drop("a" * 64, 0.0)):
        with pytest.raises(StoreUnreachable, match="network"):
            call()
    s3.store().probe()
    assert SECRET not in repr(away._bucket)


# settings and logs ---------------------------------------------------------------------------------


def test_the_settings_choose_the_store_and_keep_the_secret() -> None:
    assert isinstance(store_of(Settings(_env_file=None)), FolderStore)
    settings = Settings(
        _env_file=None,
        s3_bucket="bukti-instansi",
        s3_prefix="/pandu/bukti/",
        s3_access_key=SecretStr("KUNCI12"),
        s3_secret_key=SecretStr("sangat/rahasia"),
        database_url="postgresql://pandu:sandi-basis@db/pandu",
    )
    assert settings.bucket.endpoint == "https://s3.us-east-1.amazonaws.com"
    assert settings.bucket.prefix == "pandu/bukti"
    assert "sangat/rahasia" not in f"{settings!r} {settings.bucket!r}"
    assert {"KUNCI12", "sangat/rahasia", "sandi-basis"} <= set(settings.secrets)


def test_hidden_values_stay_out_of_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    error = io.StringIO()
    monkeypatch.setattr(sys, "stderr", error)
    log.configure("DEBUG", "json")
    log.hide(["rahasia-bucket", "ya"])
    try:
        logging.getLogger("lain").error("GET https://s3/?sig=%s ya", "rahasia-bucket")
        log.get().error("x", said="kunci rahasia-bucket ya")
    finally:
        log.hide([])
        logging.basicConfig(force=True)
    assert "rahasia-bucket" not in error.getvalue()
    assert error.getvalue().count("<rahasia>") == 2
    assert error.getvalue().count(" ya") == 2, "short values would be found in ordinary words"


# people --------------------------------------------------------------------------------------------


@pytest.fixture
def house(database_url: str, library: Library, s3: S3) -> Iterator[House]:
    settings: dict[str, Any] = {k.lower(): v for k, v in settings_of(s3.bucket()).items()}
    made = House(database_url, library, **settings)
    yield made
    made.close()


def test_what_is_sent_while_the_service_is_away_is_kept_when_it_is_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = house.edge.store
    assert isinstance(store, BucketStore)
    unit = house.unit()
    ani = house.member(unit, "admin", name="Ani Contoh")
    budi = house.member(unit, "koordinator", name="Budi Contoh")
    bad = BucketStore(Bucket(**{**_fields(house.settings.bucket), "endpoint": "http://127.0.0.1:9"}))
    with monkeypatch.context() as away:
        away.setattr(store, "_write", bad._write)
        away.setattr(store, "_read", bad._read)
        budi.send_file("notula.pdf", pictures.pdf(), "application/pdf")
        house.send_due()
        row = house.read(lambda s: s.exec(select(Job).where(Job.error == "StoreUnreachable")).one())
        assert (row.state, row.tries) == ("waiting", 0), "that was not the job's failure"
        assert Watch().once(house.edge) == 1
        house.send_due()
        assert ani.text.startswith("Penyimpanan bukti tidak dapat dihubungi.")
    with house.writing() as session:
        session.get_one(Job, row.id).due_at = 0.0
    house.send_due()
    intake = house.read(lambda s: s.exec(select(Intake)).one())
    assert intake.state == "ready"
    key = str(intake.parts[0]["sha256"])
    assert store.get(key) == pictures.pdf()
    screen = Screen("<b>Notula</b>", media=Media("stored", (key,), "notula.pdf", "document"))
    outbound = house.edge.outbound
    assert outbound is not None
    with monkeypatch.context() as away:
        away.setattr(store, "_read", bad._read)
        sent = house.runner.run(outbound.send(budi.user_id, screen))
        assert sent.failure is not None
        assert sent.failure.code == "StoreUnreachable", "the queue tries again"
    house.runner.run(outbound.send(budi.user_id, screen))
    assert house.standin.store.content(budi.messages[-1]["document"]["file_id"]) == pictures.pdf()


# backup, check, sweep ------------------------------------------------------------------------------


def test_evidence_moves_from_a_folder_into_a_bucket_and_back_by_backups(
    s3: S3, sqlite: Sqlite, library: Library, tmp_path: Path
) -> None:
    folder, bucket = FolderStore(tmp_path / "asal"), s3.store()
    first, second, third = (Database(sqlite.new()) for _ in range(3))
    with first.writing() as session:
        sample.fill(session, NOW, folder)
    keys = sorted(folder.keys())
    saved = backup.save(first, folder, tmp_path / "satu", NOW)
    emptied(second)
    done = backup.restore(second, bucket, saved.path)
    assert (done.files, done.lost) == (saved.files, ())
    assert check_store.state(second, bucket).problems == ()
    assert set(bucket.keys()) <= set(keys)
    packed = export.export(second, bucket, library, "package", sample.UNIT, tmp_path / "paket", NOW)
    with zipfile.ZipFile(packed[0]) as package:
        assert [name for name in package.namelist() if name.endswith((".pdf", ".jpg"))], "with its evidence"
    again = backup.save(second, bucket, tmp_path / "dua", NOW)
    back = FolderStore(tmp_path / "kembali")
    emptied(third)
    assert backup.restore(third, back, again.path).lost == ()
    assert sorted(back.keys()) == sorted(bucket.keys())
    assert check_store.state(third, back).problems == ()
    lost = next(iter(bucket.keys()))
    assert bucket.drop(lost, 0.0)
    assert check_store.state(second, bucket).missing == (lost,)
    stray = bucket.put(b"tak dikenal")
    assert check_store.state(second, bucket).orphans == (stray,)
    assert check_store.sweep(second, bucket) == 0, "what nobody knows may still be on its way, for a day"
    away = BucketStore(Bucket("http://127.0.0.1:9", "bukti", "", "us-east-1", "kunci", SECRET))
    with pytest.raises(StoreUnreachable):
        check_store.sweep(second, away)
    with pytest.raises(StoreUnreachable):
        backup.save(second, away, tmp_path / "tiga", NOW)
    assert list((tmp_path / "tiga").glob("*.zip")) == [], "no backup that lacks evidence"
    for db in (first, second, third):
        db.close()


def test_the_commands_say_in_a_sentence_what_is_wrong_with_the_store(
    s3: S3, sqlite: Sqlite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good, none = s3.bucket(), s3.bucket(there=False)
    away = Bucket("http://127.0.0.1:9", "bukti", "bukti", "us-east-1", "kunci-uji", SECRET)
    monkeypatch.setenv("DATABASE_URL", sqlite.new())
    said = {}
    for name, bucket in (("good", good), ("none", none), ("away", away)):
        for key, value in settings_of(bucket).items():
            monkeypatch.setenv(key, value)
        said[name] = CliRunner().invoke(cli, ["check"])
        assert SECRET not in said[name].output
    assert (said["good"].exit_code, said["none"].exit_code, said["away"].exit_code) == (0, 1, 1), said
    assert "S3_BUCKET" in said["none"].output
    assert "S3_ENDPOINT" in said["away"].output
    assert list(BucketStore(good)._store.list()) == [], "the probe is taken away again"
    db = Database(sqlite.new())
    with db.writing() as session:
        sample.fill(session, NOW, FolderStore(tmp_path / "asal"))
    db.close()
    monkeypatch.setenv("DATABASE_URL", db.url.render_as_string())
    failed = CliRunner().invoke(cli, ["backup", str(tmp_path / "cadangan")])
    assert failed.exit_code == 2
    assert failed.output.startswith("Penyimpanan bukti tidak dapat dihubungi")
    assert "Traceback" not in failed.output
