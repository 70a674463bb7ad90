"""The reader of 社会保障卡: any card reader that PC/SC knows, through pcscd, in a program that can be killed.

Without a PSAM nobody can tell a real card from a copy: what is read here is never enough to sign anybody in.

Tried with no real reader and no real card. What is proved here is proved on a real pcscd with the virtual
reader of vsmartcard, and on a virtual card whose files are what public programs read from cards in use.
"""
