"""Penilaian TPI: who judges a unit, the card of an item, rounds with signatures, scores side by side."""
