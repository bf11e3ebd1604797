"""A caption file edited in place: every other byte stays."""
