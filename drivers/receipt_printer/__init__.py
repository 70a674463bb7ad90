"""The receipt printer: ESC/POS over a serial port or TCP, Chinese as GB 18030, and never a false *done*."""
