"""Process 2: the test in data security, its results and its yearly renewal."""
