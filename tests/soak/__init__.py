"""People use a terminal behind a line that loses packets, goes down and lies: ``python -m tests.soak``."""
