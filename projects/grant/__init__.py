"""Process 2, second half: granting a person access to a project."""
