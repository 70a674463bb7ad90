"""The terminal as a state machine: citizen session, idle limits, readiness, wipe."""
