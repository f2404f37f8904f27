"""Units and people of an agency brought in from a table: read, tried out, applied in portions."""
