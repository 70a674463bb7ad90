"""Receivers of satellite positioning (GPS, 北斗 and others) that talk NMEA 0183 on a serial port.

Written to the standard and to recordings published by makers; no real receiver was there. What only one can
show: how long it takes to a first fix behind a shop window, and how far it wanders there.
"""
