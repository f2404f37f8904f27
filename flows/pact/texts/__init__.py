"""Wording of the pakta integritas and of the pencanangan."""
