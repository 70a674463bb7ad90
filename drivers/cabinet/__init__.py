"""The terminal's housing: door, tamper switch, presence, ambient light, emergency power, guide lights.

It speaks the protocol of docs/cabinet-protocol.md. No real board was there yet: everything here was tried
with the simulator only. What only a board can show: how long its contacts bounce, and how true its presence
sensor is.
"""
