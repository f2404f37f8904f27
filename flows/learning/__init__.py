"""Learning from people: unmet questions, questions to the coordinator, the agency's own answers."""
