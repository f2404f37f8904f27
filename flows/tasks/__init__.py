"""Action items (tugas): what somebody has taken on, by when, and how it stands."""
