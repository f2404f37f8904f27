"""One's own settings and one's own data: seeing, taking along, deleting."""
