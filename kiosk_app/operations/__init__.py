"""What keeps a terminal running: heartbeat of the watchdog, the catalogue of the log."""
