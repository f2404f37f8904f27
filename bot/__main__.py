"""The command line: `pandu-zi`, and what it can do."""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.settings import Settings, SettingsError, load_settings
from flows.errors import FlowError
from flows.ports import StoreUnreachable
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from bot.db import Database
    from bot.evidence_store import EvidenceStore
    from knowledge.library import Library

cli = typer.Typer(
    name="pandu-zi",
    help="Pandu ZI: bot Telegram pendamping tim Zona Integritas.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _settings(**given: object) -> Settings:
    try:
        return load_settings(**given)
    except SettingsError as err:
        _stop(str(err))


@contextmanager
def _sentences() -> Iterator[None]:
    """What is wrong with a setting, a fact file or the store is one sentence, not a traceback."""
    try:
        yield
    except SettingsError as err:
        _stop(str(err))
    except KnowledgeError as err:
        _stop(f"Berkas pengetahuan rusak: {err}")
    except StoreUnreachable as err:
        from bot.evidence_store import unreachable

        _stop(unreachable(err))


def _stop(sentence: str, code: int = 2) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


@cli.command()
def run() -> None:
    """Serve real Telegram (needs TELEGRAM_BOT_TOKEN in .env)."""
    from bot import serve

    settings = _settings()
    with _sentences():
        serve.run(settings)


@cli.command()
def demo(
    host: Annotated[str | None, typer.Option(help="Alamat halaman (bawaan: DEMO_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port halaman (bawaan: DEMO_PORT); 0 = bebas.")] = None,
    open_page: Annotated[
        bool | None, typer.Option("--open/--no-open", help="Buka peramban bila ada desktop.")
    ] = None,
) -> None:
    """Serve the whole bot without a token, with sample data, on a chat page."""
    from bot.demo import serve

    given = {"demo_host": host, "demo_port": port, "demo_open": open_page}
    settings = _settings(**{k: v for k, v in given.items() if v is not None})
    with _sentences():
        serve.demo(settings)


@cli.command(hidden=True)
def auto() -> None:
    """What `make run` does: demo without a token, else run."""
    if _settings().telegram_bot_token is None:
        demo()
    else:
        run()


@cli.command()
def seed() -> None:
    """Fill an empty database with the sample agency (contoh) and list its Telegram ids."""
    from bot import serve

    settings = _settings()
    with _sentences():
        for line in serve.seed(settings):
            typer.echo(line)


@cli.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="Pertanyaan dalam tanda kutip.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Cetak satu objek JSON.")] = False,
    jsonl: Annotated[
        Path | None, typer.Option(help="Berkas dengan satu objek JSON ber-`q` tiap baris.")
    ] = None,
) -> None:
    """Answer a question about ZI from the knowledge base."""
    from bot import ask as desk

    if jsonl is not None:
        try:
            for line in desk.run_jsonl(jsonl):
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
        except OSError as err:
            _stop(f"Berkas {jsonl} tidak dapat dibaca: {err.strerror or err}.")
        return
    if question is None:
        _stop('Tulis pertanyaannya, misalnya: pandu-zi ask "apa syarat WBK?"')
    answer = desk.answer(question)
    typer.echo(json.dumps(answer, ensure_ascii=False) if as_json else answer["reply"])


@cli.command()
def score(
    file: Annotated[str, typer.Argument(help="Berkas JSON, atau - untuk masukan standar.")],
) -> None:
    """Compute the LKE score of one case or a list of cases."""
    from bot import score as desk

    code = desk.run(file)
    raise typer.Exit(code)


@cli.command()
def export(
    kind: Annotated[str, typer.Argument(help="Jenis: lke, csv, json, …; salah ketik menyebut yang ada.")],
    unit: Annotated[str, typer.Option(help="Nomor atau nama unit.")],
    out: Annotated[Path, typer.Option(help="Folder, atau nama berkas.")] = Path(),
) -> None:
    """Write documents of one unit (the LKE workbook, CSV, JSON) to disk."""
    from bot import export as desk
    from bot.clock import Clock

    with _opened() as (db, store, library):
        try:
            for path in desk.export(db, store, library, kind, unit, out, Clock().now()):
                typer.echo(path)
        except (desk.Unknown, FlowError) as err:
            _stop(str(err))
        except OSError as err:
            _stop(f"{out} tidak dapat ditulis: {err.strerror or err}.")


@cli.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(help="LKE Excel, Data JSON, atau lke.csv dari bot.")],
    unit: Annotated[str, typer.Option(help="Nomor atau nama unit.")],
    acting: Annotated[
        int | None, typer.Option("--sebagai", help="Id Telegram orang yang berhak mengisi.")
    ] = None,
    apply: Annotated[bool, typer.Option("--terapkan", help="Simpan; tanpa ini hanya uji coba.")] = False,
) -> None:
    """Show what a file that came back would change, line by line; save it with --terapkan."""
    from bot import bring_in as desk
    from bot.clock import Clock
    from bot.export import Unknown

    with _opened() as (db, _, library):
        try:
            for line in desk.run(db, library, file, unit, acting, Clock().now(), apply=apply):
                typer.echo(line)
        except (Unknown, FlowError) as err:
            _stop(str(err))


@cli.command("import-units")
def bring_units(
    file: Annotated[Path, typer.Argument(help="Tabel unit dan orang: Excel (.xlsx) atau CSV.")],
    acting: Annotated[int, typer.Option("--sebagai", help="Id Telegram admin instansi.")],
    apply: Annotated[bool, typer.Option("--terapkan", help="Simpan; tanpa ini hanya uji coba.")] = False,
) -> None:
    """Show what a table of units and people would change; save it with --terapkan."""
    from bot import bring_units as desk
    from bot.clock import Clock
    from bot.export import Unknown

    with _opened() as (db, _, library):
        try:
            for line in desk.run(db, library, file, acting, Clock().now(), apply=apply):
                typer.echo(line)
        except (Unknown, FlowError) as err:
            _stop(str(err))


@contextmanager
def _opened() -> Iterator[tuple["Database", "EvidenceStore", "Library"]]:
    """The database as it is, the store of evidence and the knowledge; nothing is made that is not there."""
    import flows.features  # noqa: F401  (registers what documents and their way back need)
    from bot.check import NOT_YET, missing_file
    from bot.db import Database
    from bot.evidence_store import store_of
    from bot.migrate import behind
    from knowledge.library import load_library

    settings = _settings()
    if missing_file(settings.database):
        _stop(NOT_YET)
    with _sentences():
        library = load_library()
    db = Database(settings.database)
    try:
        if behind(db) is not None:
            _stop("Basis data belum sesuai versi ini. Jalankan bot sekali, lalu ulangi.")
        with _sentences():
            yield db, store_of(settings), library
    finally:
        db.close()


@cli.command()
def backup(
    folder: Annotated[Path | None, typer.Argument(help="Folder cadangan (bawaan: BACKUP_DIR).")] = None,
    keep: Annotated[
        int | None, typer.Option("--simpan", min=1, help="Simpan sekian yang terbaru; bawaan: semua.")
    ] = None,
) -> None:
    """Save everything while the bot runs: all tables in one zip, the evidence beside it."""
    from bot import backup as desk
    from bot.clock import Clock
    from flows.fmt import ZONES

    settings = _settings()
    where = folder or settings.backup_dir
    if where is None:
        _stop("Sebut foldernya, misalnya: pandu-zi backup /mnt/cadangan. Atau isi BACKUP_DIR.")
    with _opened() as (db, store, _):
        try:
            saved = desk.save(db, store, where, Clock().now().astimezone(ZONES[settings.zone]))
            gone = desk.let_go(where, keep) if keep is not None else 0
        except desk.BackupError as err:
            _stop(str(err))
        except OSError as err:
            _stop(f"{where} tidak dapat ditulis: {err.strerror or err}.")
    typer.echo(f"{saved.path}: {saved.rows} baris, {saved.files} berkas bukti.")
    if gone:
        typer.echo(f"{gone} cadangan lama dihapus.")
    _say_lost(saved.lost)


@cli.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Berkas pandu-….zip, di samping folder bukti-nya.")],
    trial: Annotated[
        bool, typer.Option("--uji", help="Hanya uji: pulihkan ke tempat sementara, lalu buang.")
    ] = False,
) -> None:
    """Fill an empty place from a backup and check that everything is there."""
    from bot import backup as desk
    from bot.db import Database
    from bot.evidence_store import FolderStore, store_of

    settings = _settings()
    with tempfile.TemporaryDirectory(prefix="pandu-uji-") as scratch:
        place = Path(scratch)
        db = Database(f"sqlite:///{place / 'pandu.sqlite3'}" if trial else settings.database)
        try:
            store = FolderStore(place / "bukti") if trial else store_of(settings)
            with _sentences():
                done = desk.restore(db, store, file)
        except desk.BackupError as err:
            _stop(str(err))
        except OSError as err:
            _stop(f"Tidak dapat ditulis: {err.strerror or err}.")
        finally:
            db.close()
    what = "Cadangan ini baik" if trial else "Pulih"
    typer.echo(f"{what}: {done.rows} baris sama dengan cadangannya, {done.files} berkas bukti utuh.")
    _say_lost(done.lost)


def _say_lost(lost: tuple[str, ...]) -> None:
    """Evidence that could not be brought along makes the command fail, after everything else is safe."""
    if lost:
        names = ", ".join(key[:12] for key in lost[:5])
        _stop(f"{len(lost)} berkas bukti hilang atau rusak di sumbernya: {names}.", 1)


@cli.command()
def audit(
    out: Annotated[
        Path | None, typer.Option(help="Tulis jejak audit ke berkas ini, satu objek JSON tiap baris.")
    ] = None,
) -> None:
    """Check the seals over the audit trail; write the trail to a file if asked."""
    from bot import audit as desk

    with _opened() as (db, _, _library):
        try:
            written = desk.export(db, out) if out is not None else 0
        except OSError as err:
            _stop(f"{out} tidak dapat ditulis: {err.strerror or err}.")
        found = desk.verify(db)
    if out is not None:
        typer.echo(f"{written} baris ditulis ke {out}.")
    for text in desk.sentences(found):
        typer.echo(text)
    if found.broken:
        raise typer.Exit(1)


@cli.command()
def check(
    telegram: Annotated[
        bool, typer.Option("--telegram", help="Tanya Telegram juga: token, webhook, selisih jam.")
    ] = False,
) -> None:
    """Check settings, knowledge files and the database."""
    from bot import check as doctor

    found = doctor.findings(telegram=telegram)
    for line in found.problems:
        typer.echo(line, err=True)
    for line in found.notes:
        typer.echo(line)
    if found.problems:
        raise typer.Exit(1)
    typer.echo("Semua pemeriksaan baik.")


def main() -> None:
    """Entry point of the `pandu-zi` command."""
    cli()


if __name__ == "__main__":
    main()
