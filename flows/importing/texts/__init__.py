"""Wording of the import: `labels` (also answers in words), `reading`, `settling`, `saved`."""
