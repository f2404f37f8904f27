"""Looking things up: the terms (Kamus), and search over indicators, answers, terms and notes (Cari)."""
