"""Personal invitations for people who are known by name and have not joined: on paper, and as text."""
