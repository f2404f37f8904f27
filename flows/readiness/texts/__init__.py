"""Wording of readiness. "Memenuhi" and "belum memenuhi" are about our arithmetic; predicates are not ours."""
