"""A project ended before its last day, on its owner's word; and the question whether it should."""
