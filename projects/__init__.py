"""Projects, the access rule, and processes 2 (second half), 3, 6 and 7 (issues to come)."""
