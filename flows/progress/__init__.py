"""Progress of the work: how much is answered, per unit, area and component. Never a score."""
