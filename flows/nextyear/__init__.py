"""A unit's year: closing it as an archive, opening the next one from it, confirming what came along."""
