"""The group of a unit (grup kantor): linking it, its topics, weekly summary and scoreboard."""
