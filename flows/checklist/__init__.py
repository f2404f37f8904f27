"""Isi LKE: areas, indicators, answers, narratives (Penjelasan) and their history."""
