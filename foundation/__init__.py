"""What everything else stands on: clock, back-off, lifecycle, errors, masking, counters, atomic files.

Standard library only, so that any part of the house (and any tool of a technician) may import it.
"""
