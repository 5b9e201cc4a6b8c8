"""The yearly review of an authorisation (issue 3, section 2; domain.md 1.5)."""
