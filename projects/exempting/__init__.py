"""The chief statistician's exemption: consultancies may use enterprise data on one project."""
