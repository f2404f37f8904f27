"""Endorsement (pengesahan): the head of the unit endorses the self-assessment as it stands."""
