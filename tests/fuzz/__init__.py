"""Feeding every parser of the drivers any bytes; ``python -m tests.fuzz``."""
