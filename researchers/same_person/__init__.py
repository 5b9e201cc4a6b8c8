"""Two records of one human being are linked; no row is moved (issue 4, section 1)."""
