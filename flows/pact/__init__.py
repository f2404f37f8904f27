"""Pakta integritas and pencanangan: who has signed, signed sheets, what must be ready, what was recorded."""
