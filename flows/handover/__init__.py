"""Handover (serah terima): on mutasi all of a person's work goes to a successor in one step."""
