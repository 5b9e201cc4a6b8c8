"""How FSESYS is started on a machine: the embedded PostgreSQL, the office, the design files.

Nothing here knows the application; it starts it. Deployment on servers needs none of it.
"""
