"""Wording of the assessors' work: desk, card, rounds, scores, team."""
