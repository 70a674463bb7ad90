"""Writing Chinese at the terminal: pinyin, nine keys, strokes and handwriting, which remember nothing.

``rime`` and ``handwriting`` ask the system's libraries; ``scribe`` is one writer with all of them, which
``python -m screens.input`` runs in a process of its own: a fault there is no fault of the terminal, no key
waits in the thread that draws, and what was written goes with the process when a session ends.
"""
