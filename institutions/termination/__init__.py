"""The end of an authorisation: by us for a reason, or at the institution's own wish."""
