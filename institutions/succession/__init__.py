"""One institution succeeds another (issue 3, section 2)."""
