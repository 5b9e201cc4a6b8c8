"""A hold on a project: nobody reaches it while it runs (core/holding)."""
