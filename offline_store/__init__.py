"""The encrypted file on the terminal: what is not delivered yet, the items, and what must survive a restart.

``OfflineStore`` (store.py) is the door; everything else is behind it. It knows nothing of the wire: a stream
is a word, a payload is bytes that the caller has sealed.
"""
