"""Readiness: score, gates, the least work that passes, what-if, surveys, conditions of proposal."""
