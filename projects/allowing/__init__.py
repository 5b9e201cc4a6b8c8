"""Another institution's people may work on the project, or no longer: the owner consents."""
