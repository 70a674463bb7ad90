"""Draws every screen in every mode: ``make gallery``; pictures and one page of them all in build/gallery/.

Runs without a display. Each picture is looked over as it is drawn (screens/inspection.py): what is cut,
covered, too small or out of reach is listed on the page and makes the command fail. The rest is for people to
look at: is it calm, is it clear?
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import product
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize

from kiosk_app.terminal.aids import Aids, Colours, Language, Zoom
from kiosk_app.terminal.views import View
from screens.application import ScreenApplication
from screens.inspection import faults, items
from screens.opening import REFERENCE_HEIGHT_MM, REFERENCE_SIZE, REFERENCE_WIDTH_MM
from screens.samples import Samples


@dataclass(frozen=True)
class Form:
    """The shape of a screen."""

    size: QSize
    width_mm: float


@dataclass(frozen=True)
class Mode:
    """A language and the aids that are on."""

    aids: Aids = field(default_factory=Aids)
    language: Language = Language.CHINESE


FORMS = {
    "portrait": Form(REFERENCE_SIZE, REFERENCE_WIDTH_MM),
    "landscape": Form(REFERENCE_SIZE.transposed(), REFERENCE_HEIGHT_MM),
}
MODES = {
    "standard": Mode(),
    "elder": Mode(Aids(elder=True)),
    "contrast": Mode(Aids(colours=Colours.HIGH_CONTRAST)),
    "zoom": Mode(Aids(zoom=Zoom.LARGEST)),
    "low": Mode(Aids(low_reach=True)),
    "english": Mode(language=Language.ENGLISH),
    "elder_zoom": Mode(Aids(elder=True, zoom=Zoom.LARGEST)),
    "contrast_elder": Mode(Aids(elder=True, colours=Colours.HIGH_CONTRAST)),
    "low_zoom": Mode(Aids(low_reach=True, zoom=Zoom.LARGEST)),
    "dark": Mode(Aids(colours=Colours.DARK)),
    "low_elder": Mode(Aids(low_reach=True, elder=True)),
    "zoom_double": Mode(Aids(zoom=Zoom.DOUBLE)),
    "zoom_half": Mode(Aids(zoom=Zoom.HALF)),
    "plain": Mode(Aids(simple_list=True)),
    "elder_english": Mode(Aids(elder=True), Language.ENGLISH),
    "zoom_english": Mode(Aids(zoom=Zoom.LARGEST), Language.ENGLISH),
    "low_elder_english": Mode(Aids(low_reach=True, elder=True), Language.ENGLISH),
}


@dataclass(frozen=True)
class Picture:
    """One example as it was drawn, with what is wrong with it."""

    form: str
    mode: str
    name: str
    file: Path
    faults: list[str]


def settle(screens: ScreenApplication) -> None:
    """Draw until all stands still: words are measured with one frame, and placed with the next."""
    picture, drawn = None, screens.window.grabWindow()
    while picture != drawn or any(item.property("unsettled") for item in items(screens.window.contentItem())):
        QCoreApplication.processEvents()
        picture, drawn = drawn, screens.window.grabWindow()


def show_example(
    screens: ScreenApplication, samples: Samples, name: str, serial: int, aids: Aids | None = None
) -> View:
    """Show an example, with what is being written on it, and let it come to rest."""
    view = samples.view(name, serial, aids)
    screens.bridge.publish(view)
    settle(screens)
    screens.writing.show(*samples.writing(name))
    settle(screens)
    return view


def draw(folder: Path, forms: list[str], modes: list[str], wanted: list[str]) -> Iterator[Picture]:
    """Draw the examples with these names, or all if none is named; raises RuntimeError if QML complained."""
    for form, mode in product(forms, modes):
        shape, aids = FORMS[form], MODES[mode].aids
        samples = Samples(MODES[mode].language)
        (folder / form / mode).mkdir(parents=True, exist_ok=True)
        screens = ScreenApplication(
            lambda _: None,
            physical_width_mm=shape.width_mm,
            window_size=shape.size,
            fullscreen=False,
            motion=False,
        )
        for number, name in enumerate(samples.names()):
            if not wanted or name in wanted:
                show_example(screens, samples, name, number, aids)
                file = Path(form) / mode / f"{number:02d}_{name}.png"
                screens.grab(folder / file)
                yield Picture(form, mode, name, file, faults(screens.window, aids))
        complaints = screens.warnings
        screens.close()
        if complaints:
            raise RuntimeError("; ".join(complaints))


def page(pictures: list[Picture]) -> str:
    """The page of all pictures: a section for each example; one chooses what is shown."""
    sections = []
    for name in dict.fromkeys(picture.name for picture in pictures):
        figures = "".join(_figure(each) for each in pictures if each.name == name)
        sections.append(f'<section data-name="{name}"><h2>{name}</h2><div>{figures}</div></section>')
    wrong = sum(bool(each.faults) for each in pictures)
    choices = "".join(
        _choice(label, values)
        for label, values in (
            ("screen", dict.fromkeys(picture.name for picture in pictures)),
            ("form", dict.fromkeys(picture.form for picture in pictures)),
            ("mode", dict.fromkeys(picture.mode for picture in pictures)),
        )
    )
    return f"""<!DOCTYPE html>
<html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>店小二 · {len(pictures)} pictures</title>
<style>
body {{ font: 15px/1.45 "Noto Sans CJK SC", sans-serif; margin: 0 2rem 4rem;
  background: #FAF7F1; color: #16232C }}
header {{ position: sticky; top: 0; background: #FAF7F1; border-bottom: 1px solid #B9CFD4; padding: .8rem 0;
  display: flex; flex-wrap: wrap; gap: 1rem; align-items: baseline }}
h1 {{ font-size: 1.2rem; margin: 0 1rem 0 0 }} h2 {{ margin: 2rem 0 .6rem }}
select {{ font: inherit; padding: .2rem .4rem; color: #0A5466; background: #FFF; border: 1px solid #5F7B85 }}
section > div {{ display: flex; flex-wrap: wrap; gap: 1rem; align-items: end }}
figure {{ margin: 0; width: 200px }} figure.landscape {{ width: 356px }} [hidden] {{ display: none }}
img {{ width: 100%; display: block; border: 1px solid #B9CFD4 }}
figcaption {{ color: #4A5A64; font-size: 12px }} b {{ color: #9E2427 }}
</style>
<header><h1>店小二</h1><span>{len(pictures)} pictures, {wrong} with something wrong.</span>{choices}
<label><input type="checkbox" id="wrong"> only what is wrong</label></header>
{"".join(sections)}
<script>
const choices = [...document.querySelectorAll("select")], wrong = document.getElementById("wrong");
function choose() {{
  const [name, form, mode] = choices.map(each => each.value);
  for (const section of document.querySelectorAll("section")) {{
    let shown = 0;
    for (const figure of section.querySelectorAll("figure")) {{
      figure.hidden = (form && figure.dataset.form !== form) || (mode && figure.dataset.mode !== mode)
        || (wrong.checked && !figure.querySelector("b"));
      shown += !figure.hidden;
    }}
    section.hidden = shown === 0 || (name && section.dataset.name !== name);
  }}
}}
for (const each of [...choices, wrong]) each.addEventListener("change", choose);
choose();
</script>
</html>
"""


def _figure(picture: Picture) -> str:
    """One picture with its fault, under the names by which it is chosen."""
    return (
        f'<figure class="{picture.form}" data-form="{picture.form}" data-mode="{picture.mode}">'
        f'<a href="{picture.file}"><img loading="lazy" src="{picture.file}" '
        f'alt="{picture.name}, {picture.form}, {picture.mode}"></a>'
        f"<figcaption>{picture.form} · {picture.mode}"
        + "".join(f"<br><b>{escape(fault)}</b>" for fault in picture.faults)
        + "</figcaption></figure>"
    )


def _choice(label: str, values: Iterable[str]) -> str:
    options = "".join(f"<option>{value}</option>" for value in values)
    return f'<label>{label} <select><option value="">all</option>{options}</select></label>'


def main(arguments: list[str]) -> int:
    """Draw what is asked for, write index.html, and return 1 if anything is wrong with any picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    parser.add_argument("--form", action="append", choices=list(FORMS), help="only these shapes")
    parser.add_argument("--mode", action="append", choices=list(MODES), help="only these modes")
    parser.add_argument("--screen", action="append", help="only these examples")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    pictures = []
    for picture in draw(
        options.out, options.form or list(FORMS), options.mode or list(MODES), options.screen or []
    ):
        pictures.append(picture)
        for fault in picture.faults:
            sys.stdout.write(f"{picture.form} {picture.mode} {picture.name}: {fault}\n")
    (options.out / "index.html").write_text(page(pictures), encoding="utf-8")
    sys.stdout.write(f"{len(pictures)} pictures: {options.out / 'index.html'}\n")
    return 1 if any(picture.faults for picture in pictures) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
