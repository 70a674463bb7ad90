"""The code scanner: an engine behind a serial line that sends what it reads in a code, whatever that is."""
