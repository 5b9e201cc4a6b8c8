"""Process 4, delivery of data: orders, external data, prices, contracts (issues to come)."""
