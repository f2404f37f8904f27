"""After the submission: results stage by stage, notes of the LHE, an agency's shortlist."""
