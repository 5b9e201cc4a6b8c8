"""The project package of FSESYS. Nothing is imported here: tools read it before Django is installed."""
