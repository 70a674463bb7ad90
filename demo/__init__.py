"""The scripted citizen and what ``make demo`` starts. Never shipped."""
