"""Ways in: start, invitation links, consent, the first admin, a stranger's wish to register a unit."""
