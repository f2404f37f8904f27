"""The part of `pandu-zi check` that looks at the evidence store, and the tidying of what it keeps in vain."""

from dataclasses import dataclass
from itertools import islice

from sqlmodel import Session, col, delete, select

from bot.db import Database
from bot.evidence_store import EvidenceStore
from flows.evidence.binding import BIND_JOB
from flows.evidence.intake import FAILED, UNDECIDED
from flows.models import (
    EvidenceVersion,
    Intake,
    Job,
    LetterTemplate,
    MeetingPart,
    PactSheet,
    SharedVersion,
    StoredFile,
)
from flows.ports import FileDamaged, FileUnavailable

FRESH_SECONDS = 24 * 3600.0
"""What was put into the store more recently may still be on its way into the database."""
NAMED = 5
PORTION = 500
_MANY = (EvidenceVersion.sha256, SharedVersion.sha256, PactSheet.sha256)


@dataclass(frozen=True, slots=True)
class StoreState:
    """Keys of what is missing, what has changed, and what no row knows."""

    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    orphans: tuple[str, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each thing that is wrong."""
        found = []
        if self.missing:
            found.append(
                f"{len(self.missing)} berkas bukti tercatat tetapi tidak ada di folder bukti "
                f"({_some(self.missing)}): pulihkan dari cadangan, atau minta pengirimnya mengirim lagi."
            )
        if self.damaged:
            found.append(
                f"{len(self.damaged)} berkas bukti isinya berubah sejak disimpan ({_some(self.damaged)}): "
                "ganti dari cadangan; mengirim berkas aslinya lagi juga memperbaikinya."
            )
        return tuple(found)

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for what is worth knowing."""
        if not self.orphans:
            return ()
        return (
            f"{len(self.orphans)} berkas di folder bukti tidak dikenal basis data ({_some(self.orphans)}). "
            "Bila basis datanya benar, berkas itu dibersihkan sendiri setelah sehari bot berjalan.",
        )


def _some(keys: tuple[str, ...]) -> str:
    names = ", ".join(key[:12] for key in keys[:NAMED])
    return names + (", …" if len(keys) > NAMED else "")


def state(db: Database, store: EvidenceStore) -> StoreState:
    """Compare the store with the database. Reads every file once. Raises StoreUnreachable."""
    with db.reading() as session:
        wanted = referenced(session)
        known = set(session.exec(select(StoredFile.sha256)).all())
    there = set(store.keys())
    missing, damaged = [], []
    for key in sorted(wanted):
        try:
            store.get(key)
        except FileUnavailable:
            missing.append(key)
        except FileDamaged:
            damaged.append(key)
    return StoreState(tuple(missing), tuple(damaged), tuple(sorted(there - known - wanted)))


def referenced(session: Session) -> set[str]:
    """The keys of everything that evidence, meetings, templates, undecided intakes and waiting jobs need."""
    many = (session.exec(select(column).distinct()).all() for column in _MANY)
    return _few(session) | {key for keys in many for key in keys if key is not None}


def _among(session: Session, keys: list[str]) -> set[str]:
    """Those of the keys that a version of evidence needs."""
    found = (session.exec(select(column).where(col(column).in_(keys))).all() for column in _MANY)
    return {key for some in found for key in some if key is not None}


def _few(session: Session) -> set[str]:
    """The keys that anything but versions of evidence needs: few, however many units there are."""
    wanted = {
        key
        for column in (MeetingPart.sha256, LetterTemplate.sha256, LetterTemplate.trial_sha256)
        for key in session.exec(select(column).distinct()).all()
        if key is not None
    }
    open_parts = session.exec(select(Intake.parts).where(col(Intake.state).in_((*UNDECIDED, FAILED)))).all()
    wanted |= {part["sha256"] for parts in open_parts for part in parts if part.get("sha256")}
    waiting = session.exec(select(Job.args).where(Job.kind == BIND_JOB, Job.state != "done")).all()
    wanted |= {key for args in waiting for key in args.get("photos", ())}
    return wanted


def sweep(db: Database, store: EvidenceStore) -> int:
    """Let go of stored bytes that nothing needs (photos bound into a PDF, what was cancelled), a day after.

    Returns how many. In portions, so that a store of any size fits. Any number of processes may do it at
    once; a kill in between leaves nothing wrong. Raises StoreUnreachable.
    """
    dropped = 0
    with db.reading() as session:
        few = _few(session)
    keys = iter(store.keys())
    while some := list(islice(keys, PORTION)):
        with db.reading() as session:
            wanted = _among(session, some)
        unneeded = [key for key in some if key not in wanted and key not in few]
        gone = [key for key in unneeded if store.drop(key, FRESH_SECONDS)]
        if gone:
            with db.writing() as session:
                still = _few(session) | _among(session, gone)
                rows = [key for key in gone if key not in still]
                session.execute(delete(StoredFile).where(col(StoredFile.sha256).in_(rows)))
        dropped += len(gone)
    store.tidy()
    return dropped
