"""Settings of the installation: addresses, secrets, switches. Business numbers are parameters."""
