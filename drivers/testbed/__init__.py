"""The simulated hardware of a whole terminal, as a program: ``python -m drivers.testbed --folder DIR``.

``hardware.py`` holds the simulators and does what an order says; ``orders.py`` says what orders there are;
``server.py`` takes them on a socket in the folder and ``client.py`` gives them. A control panel as a web page
is one more way to give orders, and its place is beside ``server.py``.
"""
