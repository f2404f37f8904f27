"""Facts: instruments, scoring, questions and answers; immutable after load."""
