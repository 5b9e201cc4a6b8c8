"""Process 2, first half: the agreement that associates a person with an institution."""
