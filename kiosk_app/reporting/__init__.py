"""What the terminal reports of itself and of what was done on it, as events for the outbox."""
