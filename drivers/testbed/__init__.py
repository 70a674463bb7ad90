"""The simulated hardware of a whole terminal, as a program: ``python -m drivers.testbed --folder DIR``.

``hardware.py`` holds the simulators and does what an order says; ``orders.py`` says what orders there are,
and ``bench.py`` what all devices have in common. Orders come over a socket in the folder (``server.py``),
given by a test (``client.py``) or from a shell (``say.py``), and from a page in a browser (``panel.py``).
docs/testbed.md shows all three.
"""
