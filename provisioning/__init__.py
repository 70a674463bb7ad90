"""The technician's tool, ``kiosk-provision``: one verb per file, each of which can be repeated."""
