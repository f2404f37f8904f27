"""The tests; each name is a promise."""
