"""The technician's tool: ``kiosk-provision``, one verb in a file, each of which may be repeated."""
