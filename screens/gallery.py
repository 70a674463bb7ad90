"""Draws every screen in every mode: ``python -m screens.gallery --out build/gallery``.

Runs without a display, at 1080 by 1920. The pictures are for people to look at: is it calm, is it clear?
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kiosk_app.terminal.views import Aids, Colours, Language
from screens.application import ScreenApplication
from screens.samples import Samples

MODES: dict[str, tuple[Language, Aids]] = {
    "zh": (Language.CHINESE, Aids()),
    "en": (Language.ENGLISH, Aids()),
    "elder": (Language.CHINESE, Aids(elder=True)),
    "elder_en": (Language.ENGLISH, Aids(elder=True)),
    "dark": (Language.CHINESE, Aids(colours=Colours.DARK)),
    "contrast": (Language.CHINESE, Aids(colours=Colours.HIGH_CONTRAST)),
    "low": (Language.CHINESE, Aids(low_reach=True)),
    "low_elder": (Language.CHINESE, Aids(low_reach=True, elder=True)),
    "low_elder_en": (Language.ENGLISH, Aids(low_reach=True, elder=True)),
}


def settle(screens: ScreenApplication) -> None:
    """Draw until all stands still: words are measured with one frame, and placed with the next."""
    picture, drawn = None, screens.window.grabWindow()
    while picture != drawn:
        QCoreApplication.processEvents()
        picture, drawn = drawn, screens.window.grabWindow()


def main(arguments: list[str]) -> int:
    """Draw what is asked for, and return 1 if QML complained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    parser.add_argument("--mode", action="append", choices=list(MODES), help="only these modes")
    parser.add_argument("--screen", action="append", help="only these examples")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    screens = ScreenApplication(lambda _: None, fullscreen=False, motion=False)
    serial = 0
    for mode in options.mode or MODES:
        language, aids = MODES[mode]
        samples = Samples(language)
        folder = options.out / mode
        folder.mkdir(parents=True, exist_ok=True)
        for number, name in enumerate(samples.names()):
            if options.screen and name not in options.screen:
                continue
            serial += 1
            screens.bridge.publish(samples.view(name, serial, aids))
            settle(screens)
            screens.grab(folder / f"{number:02d}_{name}.png")
    complaints = len(screens.warnings)
    screens.close()
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
