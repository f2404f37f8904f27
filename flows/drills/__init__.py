"""Interview drills before an evaluation: five minutes a day, for oneself."""
