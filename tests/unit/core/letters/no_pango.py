"""A module of jobs on a machine without Pango: fails the way WeasyPrint does there."""

raise OSError("cannot load library 'libpango-1.0-0': libpango-1.0-0: cannot open shared object")
