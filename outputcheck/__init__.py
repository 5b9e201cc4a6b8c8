"""Process 5, output check, and the procedure for data breaches (issues to come)."""
