"""What keeps a terminal running and carries out what the province asks of it: its commands."""
