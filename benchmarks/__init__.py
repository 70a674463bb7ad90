"""Measurements against peers and limits; each prints a table and writes JSON. Never part of a terminal."""
