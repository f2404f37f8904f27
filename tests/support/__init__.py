"""What tests share: databases, the house with its stand-in, people who talk."""
