"""Settings: the only reader of the environment and of `.env`. One frozen object, refused when unsafe."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

if TYPE_CHECKING:
    from bot.bucket_store import Bucket

Mode = Literal["polling", "webhook"]
_BUCKET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")
_PREFIX = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?")


class SettingsError(Exception):
    """A setting is missing or wrong. The text names it in one sentence, without its value."""


class Settings(BaseSettings):
    """Everything that can be set from outside, with defaults that work on one small machine."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore", env_ignore_empty=True
    )

    telegram_bot_token: SecretStr | None = Field(
        default=None, description="Token from @BotFather. Without it `make run` serves the demo."
    )
    telegram_base_url: str = Field(
        default="https://api.telegram.org/bot",
        description="Bot API server, ending in /bot. Change it for a self-hosted server (files above 20 MB).",
    )
    telegram_base_file_url: str = Field(
        default="https://api.telegram.org/file/bot", description="File address of the same server."
    )
    data_dir: Path = Field(
        default=Path("data"),
        description="Folder for the SQLite database; the demo uses demo/ in it.",
    )
    evidence_dir: Path | None = Field(
        default=None, description="Folder for evidence files (bukti dukung). Empty: bukti/ in DATA_DIR."
    )
    s3_bucket: str = Field(
        default="",
        description="Bucket of an S3-compatible service for evidence. Empty: the folder.",
    )
    s3_endpoint: str = Field(
        default="", description="Address of that service. Empty: Amazon S3 in S3_REGION."
    )
    s3_region: str = Field(
        default="us-east-1", description="Region of the bucket; most own services take us-east-1."
    )
    s3_prefix: str = Field(
        default="bukti", description="Folder in the bucket; one for each bot that shares it."
    )
    s3_access_key: SecretStr | None = Field(default=None, description="Name of the key to the bucket.")
    s3_secret_key: SecretStr | None = Field(
        default=None, description="The key's secret: may read, write, list and delete below S3_PREFIX."
    )
    backup_dir: Path | None = Field(
        default=None,
        description="Folder for a backup a day, on another disk; processes share one. Empty: none.",
    )
    backup_keep: int = Field(default=14, ge=1, le=3650, description="How many daily backups are kept.")
    evidence_max_mb: int = Field(
        default=20,
        ge=1,
        le=50,
        description="Largest evidence file in MB. More than 20 needs a self-hosted Bot API server.",
    )
    send_max_mb: int = Field(
        default=45,
        ge=5,
        le=1900,
        description="Largest file sent in MB; packages split by it. More than 45 needs a self-hosted server.",
    )
    database_url: str = Field(
        default="",
        description="Empty: SQLite in DATA_DIR. PostgreSQL: postgresql+psycopg://user:password@host/database",
    )
    mode: Mode = Field(default="polling", description="polling (default, opens no port) or webhook.")
    webhook_url: str = Field(
        default="", description="Public https address that Telegram calls (mode webhook), TLS ended outside."
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        description="Secret that Telegram sends with each webhook call (mode webhook): A-Z a-z 0-9 _ -",
    )
    web_host: str = Field(default="127.0.0.1", description="Address of the webhook and health port.")
    web_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="Port of webhook, /healthz and /metrics; 0 opens none when polling.",
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        description="Token that Prometheus sends as Bearer to read /metrics on WEB_PORT. Empty: no /metrics.",
    )
    api: bool = Field(
        default=False,
        description="Serve the read-only API for dashboards (docs/API.md) at /api/v1 on WEB_PORT.",
    )
    demo_host: str = Field(default="127.0.0.1", description="Address of the demo page. Keep it on loopback.")
    demo_port: int = Field(
        default=8420, ge=0, le=65535, description="Port of the demo page; 0 picks a free one."
    )
    demo_open: bool = Field(
        default=True, description="Open the demo page in the browser where there is a desktop."
    )
    zone: Literal["WIB", "WITA", "WIT"] = Field(
        default="WIB", description="Time zone shown to people who belong to no unit yet."
    )
    send_rate: float = Field(
        default=25.0,
        gt=0,
        le=1000,
        description="Messages a second that queued sending may use (Telegram: 30).",
    )
    heartbeat_seconds: float = Field(
        default=20.0, ge=0.05, le=3600, description="How often due reminders are looked for."
    )
    watch_seconds: float = Field(
        default=300.0,
        ge=0,
        le=86400,
        description="How often late sending, a full disk and failures are looked for; admins hear. 0: never.",
    )
    db_threads: int = Field(
        default=4, ge=1, le=64, description="Threads, and so database connections, that answer updates."
    )
    person_burst: int = Field(
        default=120,
        ge=0,
        description="Updates of one person taken at once (5 a second come back); 0: no limit.",
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="Log lines: console or json."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least severity that is logged."
    )

    @field_validator("telegram_base_url", "telegram_base_file_url", "webhook_url", "s3_endpoint")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("harus alamat http:// atau https:// yang lengkap")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, value: str) -> str:
        if value.startswith(("postgres://", "postgresql://")):
            value = "postgresql+psycopg://" + value.split("://", 1)[1]
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("hanya mengenal sqlite:///… dan postgresql+psycopg://…")
        return value

    @field_validator("s3_bucket")
    @classmethod
    def _is_bucket(cls, value: str) -> str:
        if value and not _BUCKET_NAME.fullmatch(value):
            raise ValueError("hanya boleh huruf, angka, titik, dan tanda hubung, 2 sampai 63 karakter")
        return value

    @field_validator("s3_prefix")
    @classmethod
    def _is_prefix(cls, value: str) -> str:
        value = value.strip("/")
        if not _PREFIX.fullmatch(value):
            raise ValueError("hanya boleh nama folder seperti bukti atau pandu/bukti")
        return value

    @field_validator("telegram_bot_token")
    @classmethod
    def _is_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        number, _, secret = value.get_secret_value().strip().partition(":")
        if not (number.isdecimal() and secret and not any(c.isspace() for c in secret)):
            raise ValueError("bukan token dari @BotFather (bentuknya 123456789:huruf-dan-angka)")
        return SecretStr(f"{number}:{secret}")

    @field_validator("webhook_secret")
    @classmethod
    def _is_secret(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value() if value else ""
        if value is not None and not (
            16 <= len(text) <= 256 and text.isascii() and text.replace("_", "").replace("-", "").isalnum()
        ):
            raise ValueError("harus 16 sampai 256 karakter A-Z a-z 0-9 _ -")
        return value

    @model_validator(mode="after")
    def _is_complete(self) -> "Settings":
        if self.mode == "webhook":
            if not self.webhook_url.startswith("https://"):
                raise ValueError("WEBHOOK_URL harus alamat https:// bila MODE=webhook")
            if self.webhook_secret is None:
                raise ValueError("WEBHOOK_SECRET harus diisi bila MODE=webhook")
            if not self.web_port:
                raise ValueError("WEB_PORT harus diisi bila MODE=webhook")
        if self.api and not self.web_port:
            raise ValueError("WEB_PORT harus diisi bila API=true")
        if self.s3_bucket and not (self.s3_access_key and self.s3_secret_key):
            raise ValueError("S3_ACCESS_KEY dan S3_SECRET_KEY harus diisi bila S3_BUCKET diisi")
        return self

    @property
    def database(self) -> str:
        """The database address: the one set, or SQLite in `data_dir`."""
        return self.database_url or f"sqlite:///{self.data_dir / 'pandu.sqlite3'}"

    @property
    def evidence_folder(self) -> Path:
        """Where evidence is kept: the folder set, or `bukti` in `data_dir`."""
        return self.evidence_dir or self.data_dir / "bukti"

    @property
    def bucket(self) -> "Bucket":
        """Where evidence is kept when not in the folder."""
        from bot.bucket_store import Bucket

        assert self.s3_access_key is not None
        assert self.s3_secret_key is not None
        return Bucket(
            self.s3_endpoint or f"https://s3.{self.s3_region}.amazonaws.com",
            self.s3_bucket,
            self.s3_prefix,
            self.s3_region,
            self.s3_access_key.get_secret_value(),
            self.s3_secret_key.get_secret_value(),
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that must never be seen in a log line."""
        kept = (
            self.telegram_bot_token,
            self.webhook_secret,
            self.metrics_token,
            self.s3_access_key,
            self.s3_secret_key,
        )
        password = urlsplit(self.database_url).password
        return tuple(each.get_secret_value() for each in kept if each) + ((password,) if password else ())

    @property
    def evidence_max_bytes(self) -> int:
        """The largest file that is taken; Telegram's own server gives bots no more than 20 MB."""
        own_server = urlsplit(self.telegram_base_url).hostname != "api.telegram.org"
        return (self.evidence_max_mb if own_server else min(self.evidence_max_mb, 20)) * 1024 * 1024

    @property
    def send_max_bytes(self) -> int:
        """The largest file that is sent; Telegram's own server takes 50 MB from bots, some of it overhead."""
        own_server = urlsplit(self.telegram_base_url).hostname != "api.telegram.org"
        # On an own server a zip can always hold the largest single file.
        most = max(self.send_max_mb, self.evidence_max_mb + 10) if own_server else min(self.send_max_mb, 45)
        return most * 1024 * 1024

    @property
    def token(self) -> str:
        """The bot token. Raises SettingsError when there is none."""
        if self.telegram_bot_token is None:
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN belum diisi: isi di .env, atau coba tanpa token dengan `pandu-zi demo`."
            )
        return self.telegram_bot_token.get_secret_value()


def load_settings(**given: object) -> Settings:
    """Read the environment and `.env`.

    Raises:
        SettingsError: one sentence that names the wrong setting.
    """
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as err:
        first = err.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else ""
        why = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsError(
            f"Pengaturan {name} salah: {why}." if name else f"Pengaturan salah: {why}."
        ) from None
