"""Institutions (authorised environments), the roles their people hold, and process 1."""
