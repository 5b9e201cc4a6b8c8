"""Process 3: the proposal of a project, assessed, signed by both, and proposed anew."""
