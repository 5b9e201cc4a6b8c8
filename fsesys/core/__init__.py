"""The lowest layer: people, and what a process is. Knows nothing of institutions or projects."""
