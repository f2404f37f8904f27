"""Behind `pandu-zi check`: is everything that the bot needs in order?"""

from bot.db import Database
from bot.settings import SettingsError, load_settings
from knowledge.errors import KnowledgeError
from knowledge.library import load_library


def problems() -> list[str]:
    """One sentence per problem found; empty when all is well."""
    found: list[str] = []
    try:
        settings = load_settings()
    except SettingsError as err:
        return [str(err)]
    try:
        load_library()
    except KnowledgeError as err:
        found.append(f"Berkas pengetahuan: {err}")
    db = Database(settings.database)
    try:
        with db.reading() as session:
            db.clock(session)
    except Exception as err:
        found.append(f"DATABASE_URL tidak dapat dihubungi ({type(err).__name__}).")
    finally:
        db.close()
    return found
