"""The store and the uplink under violence: processes killed at random, the plug pulled in mid-write.

``python -m tests.torture --kills 200 --power-cuts 150 --json``
"""
