"""Penjelasan from three typed lines: arranged, shown before it is saved, and perhaps sent to be reviewed."""
