"""Settings are documented, and a wrong one stops the start with a sentence that names it."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def _documented() -> dict[str, str]:
    lines = [line[1:] for line in EXAMPLE.read_text().splitlines() if line.startswith("#") and "=" in line]
    return dict(line.split("=", 1) for line in lines if line.split("=", 1)[0].isupper())


def test_env_example_documents_every_setting_with_its_default() -> None:
    documented = _documented()
    assert set(documented) == {name.upper() for name in Settings.model_fields}
    given = {name.lower(): value for name, value in documented.items() if value}
    assert load_settings(_env_file=None, **given) == load_settings(_env_file=None)


def test_every_setting_in_env_example_has_a_line_that_explains_it() -> None:
    text = EXAMPLE.read_text()
    for field in Settings.model_fields.values():
        assert f"# {field.description}\n" in text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"telegram_bot_token": "rahasia"}, "TELEGRAM_BOT_TOKEN"),
        ({"telegram_base_url": "api.telegram.org"}, "TELEGRAM_BASE_URL"),
        ({"database_url": "mysql://x"}, "DATABASE_URL"),
        ({"mode": "dorong"}, "MODE"),
        ({"web_port": 70000}, "WEB_PORT"),
        ({"mode": "webhook"}, "WEBHOOK_URL"),
        ({"mode": "webhook", "webhook_url": "https://x.test"}, "WEBHOOK_SECRET"),
        ({"webhook_secret": "pendek"}, "WEBHOOK_SECRET"),
        ({"api": True}, "WEB_PORT"),
        ({"send_rate": 0}, "SEND_RATE"),
        ({"s3_bucket": "bukti"}, "S3_ACCESS_KEY"),
        ({"s3_bucket": "../bukti"}, "S3_BUCKET"),
        ({"s3_prefix": "a/../../b"}, "S3_PREFIX"),
        ({"s3_endpoint": "s3.contoh"}, "S3_ENDPOINT"),
        ({"zone": "UTC"}, "ZONE"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(given: dict[str, object], name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(_env_file=None, **given)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_token_is_not_repeated_in_the_sentence() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(_env_file=None, telegram_bot_token="sangat-rahasia")
    assert "sangat-rahasia" not in str(caught.value)


def test_a_plain_postgres_address_gets_our_driver() -> None:
    settings = load_settings(_env_file=None, database_url="postgres://a:b@c/d")
    assert settings.database == "postgresql+psycopg://a:b@c/d"


def test_without_a_database_address_the_data_folder_holds_one() -> None:
    assert load_settings(_env_file=None, data_dir="x").database == "sqlite:///x/pandu.sqlite3"
