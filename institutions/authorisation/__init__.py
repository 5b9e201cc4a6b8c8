"""Process 1: authorisation of institutions, from application to registered agreement."""
