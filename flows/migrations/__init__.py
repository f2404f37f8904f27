"""Database migrations for SQLite and PostgreSQL, run at start under a lock."""
