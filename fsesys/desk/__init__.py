"""The highest layer: pages that span processes. My work, search, documents, roles, help."""
