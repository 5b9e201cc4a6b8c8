"""Change of the responsible person of an authorised institution (issue 3, section 2)."""
