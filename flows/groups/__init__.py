"""The group of a unit: linking it, its topics, weekly summary and scoreboard."""
