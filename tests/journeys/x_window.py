"""What a window manager asks of a window of an X server."""

from __future__ import annotations

import ctypes

_CLIENT_MESSAGE = 33
_NO_MASK = 0


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent (Xlib.h), in the room of an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),
    )


def ask_to_close(display_name: str, window: int) -> None:
    """As Alt+F4 or the cross in a corner does (ICCCM 2.0, 4.2.8.1: WM_DELETE_WINDOW)."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    opened = x11.XOpenDisplay(display_name.encode("ascii"))
    if not opened:
        raise OSError(f"no X server at {display_name}")
    display = ctypes.c_void_p(opened)
    try:
        protocols, delete = (
            x11.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
        )
        event = _ClientMessage(type=_CLIENT_MESSAGE, window=window, message_type=protocols, format=32)
        event.data[0] = delete
        x11.XSendEvent(display, ctypes.c_ulong(window), 0, _NO_MASK, ctypes.byref(event))
    finally:
        x11.XCloseDisplay(display)
