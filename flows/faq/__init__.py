"""Asking: answers, choices, small talk, topics to browse, and "kurang tepat"."""
