"""How bytes travel to a device and back. What they mean is the business of each driver's ``protocol.py``."""
