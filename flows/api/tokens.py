"""The keys to an agency's figures: made, shown once, ended, and recognised when a program comes with one."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select, update

from flows import audit, fmt, policy, routes
from flows.api import texts
from flows.errors import BadInput, Missing, Outdated
from flows.models import Agency, ApiToken
from flows.turn import Turn

MOST = 10
"""Keys of one agency at the same time."""
LABEL_LEAST, LABEL_MOST = 3, 60
PREFIX = "pzi_"
"""By which people and programs that look for leaked secrets know what it is."""
KEY_BYTES = 32
_FORM = re.compile(PREFIX + r"[A-Za-z0-9_-]{43}")
USE_NOTED = timedelta(minutes=10)
"""The last use is noted no more often than that: reading stays reading."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """The program behind a request: which key it has, and the one agency whose figures it may read."""

    token_id: int
    agency_id: int
    agency: str
    label: str
    made_at: datetime
    last_used_at: datetime | None


def digest_of(key: str) -> str:
    """How a key is kept. It has 256 bits of chance in it, so one round of SHA-256 is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def well_formed(key: str) -> bool:
    """Whether the text has the form of a key; what has not is not worth a look into the database."""
    return _FORM.fullmatch(key) is not None


def bearer(session: Session, key: str) -> Bearer | None:
    """Whose key this is; None for one that is unknown or ended.

    Found by its digest: how long the search takes tells nothing about any key. One query.
    """
    found = session.exec(
        select(ApiToken, Agency.name)
        .join(Agency, col(Agency.id) == col(ApiToken.agency_id))
        .where(ApiToken.digest == digest_of(key), col(ApiToken.revoked_at).is_(None))
    ).first()
    if found is None:
        return None
    token, agency = found
    return Bearer(token.id or 0, token.agency_id, agency, token.label, token.made_at, token.last_used_at)


def use_is_news(who: Bearer, now: datetime) -> bool:
    """Whether this use should be noted."""
    return who.last_used_at is None or now - who.last_used_at >= USE_NOTED


def note_use(session: Session, token_id: int, now: datetime) -> None:
    """Remember when the key was last used."""
    older = or_(col(ApiToken.last_used_at).is_(None), col(ApiToken.last_used_at) < now)
    session.execute(
        update(ApiToken)
        .where(col(ApiToken.id) == token_id, older)
        .values(last_used_at=now)
        .execution_options(synchronize_session=False)
    )


# what the admin does ---------------------------------------------------------------------------------


def listed(turn: Turn, agency_id: int) -> tuple[Agency, Sequence[ApiToken]]:
    """The agency's keys in use, newest last. Raises NotAllowed."""
    policy.require_admin(turn.actor, agency_id)
    tokens = turn.session.exec(
        select(ApiToken)
        .where(ApiToken.agency_id == agency_id, col(ApiToken.revoked_at).is_(None))
        .order_by(col(ApiToken.id))
    ).all()
    return turn.session.get_one(Agency, agency_id), tokens


def own(turn: Turn, token_id: int) -> ApiToken:
    """A key in use of an agency that the actor administers. Raises Missing, existing or not."""
    return _checked(turn, turn.session.get(ApiToken, token_id), token_id)


def _claim(turn: Turn, token_id: int) -> ApiToken:
    row = turn.session.exec(
        select(ApiToken)
        .where(ApiToken.id == token_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    return _checked(turn, row, token_id)


def _checked(turn: Turn, row: ApiToken | None, token_id: int) -> ApiToken:
    if row is None or row.agency_id not in policy.admin_agencies(turn.actor):
        raise Missing(texts.GONE, token_id=token_id)
    if row.revoked_at is not None:
        raise Missing(texts.GONE, next=routes.API_TOKENS(row.agency_id), token_id=token_id)
    return row


def make(turn: Turn, agency_id: int, typed: str) -> ApiToken:
    """Make an entry under the typed name, still without a key. Raises NotAllowed, BadInput."""
    policy.require_admin(turn.actor, agency_id)
    # Two admins at the same moment: the agency's row lets one after the other count.
    turn.session.exec(select(Agency.id).where(Agency.id == agency_id).with_for_update()).first()
    if len(listed(turn, agency_id)[1]) >= MOST:
        raise BadInput(texts.full(MOST), next=routes.API_TOKENS(agency_id))
    label = fmt.one_line("".join(c for c in typed if c.isprintable() or c.isspace()))
    if not LABEL_LEAST <= len(label) <= LABEL_MOST or not any(c.isalpha() for c in label):
        raise BadInput(texts.bad_label(LABEL_MOST), next=routes.API_NEW(agency_id))
    token = ApiToken(agency_id=agency_id, label=label, made_by=turn.actor.person_id, made_at=turn.now)
    turn.session.add(token)
    turn.session.flush()
    audit.record(turn, "api_make", f"api_token:{token.id}", agency=agency_id)
    return token


def make_key(turn: Turn, token_id: int) -> str:
    """Make the key, keep its digest, return it: this is the only time anybody sees it.

    Raises Missing, and Outdated when the key was made before.
    """
    token = _claim(turn, token_id)
    if token.digest is not None:
        raise Outdated(texts.KEY_SHOWN, next=routes.API_TOKEN(token_id), token_id=token_id)
    key = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    token.digest, token.key_at = digest_of(key), turn.now
    turn.session.add(token)
    audit.record(turn, "api_key", f"api_token:{token_id}", agency=token.agency_id)
    return key


def revoke(turn: Turn, token_id: int, revision: int) -> int:
    """End the key at once; returns its agency. Raises Missing, Outdated."""
    token = _claim(turn, token_id)
    if token.revision != revision:
        raise Outdated(texts.CHANGED, next=routes.API_TOKEN(token_id), token_id=token_id)
    token.revoked_at = turn.now
    turn.session.add(token)
    audit.record(turn, "api_revoke", f"api_token:{token_id}", agency=token.agency_id)
    return token.agency_id
