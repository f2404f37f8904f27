"""Long runs: a year of many units, and processes that are killed at random."""
