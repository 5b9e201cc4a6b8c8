"""Change of facts of an authorised institution, from a day (issue 3, section 2)."""
