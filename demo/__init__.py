"""The scripted citizen, and what ``make demo`` starts around it. It is never part of a terminal."""
