"""Saran: what a pendamping TPI suggests about one item. It enters the history and changes nothing else."""
