"""A narrower right to restricted enterprise data, decided while the authorisation stays in force."""
