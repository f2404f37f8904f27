"""Kesiapan pelayanan publik: the short check of five components, beside the LKE and never in its score."""
