"""The first picture, which stands before anything is loaded that does not draw it.

Whoever imports this module waits for Qt alone: no view, no model, no setting (a test counts what is loaded).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer, QUrl
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

FOLDER = Path(__file__).parent
REFERENCE_WIDTH_MM = 267.8
"""The width of the reference screen, 21.5 inches in portrait: 0.248 mm a pixel at 1080 pixels."""
REFERENCE_HEIGHT_MM = 476.1
REFERENCE_SIZE = QSize(1080, 1920)
FONT_FAMILIES = ("Noto Sans CJK SC", "HanaMinA", "HanaMinB")
"""The second and third carry what the first has not: the rare characters of names (䶮, 𠮷, 𬱖)."""


def gui_application() -> QGuiApplication:
    """The one Qt application of this process, with our fonts; made when there is none yet."""
    instance = QGuiApplication.instance()
    application = instance if isinstance(instance, QGuiApplication) else QGuiApplication(["dianxiaoer"])
    font = QFont(list(FONT_FAMILIES))
    font.setFeature(QFont.Tag("tnum"), 1)
    application.setFont(font)
    return application


def window_geometry(size: QSize, *, fullscreen: bool) -> dict[str, int]:
    """Where a window stands, as its first properties: the whole screen, or ``size`` as far as it fits."""
    application = gui_application()
    available = application.primaryScreen().availableGeometry()
    if fullscreen:
        # Said outright: without a window manager nobody else makes the window as large as the screen.
        return {
            "x": available.x(),
            "y": available.y(),
            "width": available.width(),
            "height": available.height(),
        }
    if application.platformName() != "offscreen":
        # Loaded only for this: all the names of Qt's enumerations take longer than a picture to draw.
        from PySide6.QtCore import Qt  # noqa: PLC0415

        size = size.boundedTo(size.scaled(available.size() * 0.92, Qt.AspectRatioMode.KeepAspectRatio))
    return {"width": size.width(), "height": size.height()}


class Opening:
    """A window of its own with the name of the terminal, which says that everything is being made ready.

    Lives in the main thread, until :meth:`close`.
    """

    def __init__(self, *, fullscreen: bool = True, window_size: QSize = REFERENCE_SIZE) -> None:
        gui_application()
        self._engine = QQmlApplicationEngine()
        self._engine.addImportPath(str(FOLDER.parent))
        geometry = window_geometry(window_size, fullscreen=fullscreen)
        upright = geometry["height"] > geometry["width"]
        self._engine.setInitialProperties(
            {
                "physicalWidth": REFERENCE_WIDTH_MM if upright else REFERENCE_HEIGHT_MM,
                "pointer": not fullscreen,
                "drawings": QUrl.fromLocalFile(str(FOLDER / "drawings")),
                **geometry,
            }
        )
        self._engine.load(QUrl.fromLocalFile(str(FOLDER / "Opening.qml")))
        window = self._engine.rootObjects()[0]
        if not isinstance(window, QQuickWindow):
            raise TypeError("Opening.qml is no window")
        self.window = window
        self._drawn = False
        self._waiting = QEventLoop()
        window.frameSwapped.connect(self._frame_is_out)
        if fullscreen:
            window.showFullScreen()
        else:
            window.show()

    def wait_until_drawn(self, within_s: float) -> bool:
        """Returns when the first frame is out, or after ``within_s``; whether it is out."""
        if not self._drawn:
            QTimer.singleShot(round(within_s * 1000), self._waiting.quit)
            self._waiting.exec()
        return self._drawn

    def close(self) -> None:
        """Takes the window down; the event loop takes the rest away. To be called once."""
        self.window.close()
        self._engine.deleteLater()

    def _frame_is_out(self) -> None:
        self._drawn = True
        self._waiting.quit()
