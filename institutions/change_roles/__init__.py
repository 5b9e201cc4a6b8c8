"""Substitutes, administrators and signatories of an institution: given and ended, one by one."""
