"""The devices of a terminal: one folder for each class of device, every folder with the same files.

Three nouns for every device: Capabilities do not change while it is plugged in, Status is a closed set that
starts as *unknown*, and a Result is a value for all that is expected. Exceptions are for bugs.
"""
