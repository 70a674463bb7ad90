"""How many codes before a camera are read, and how long a picture takes, beside pyzbar and OpenCV alone.

A generated set: a code with a Chinese payload (UTF-8, and GB 18030 for every third) on a bright square in a
cluttered hall at 1280 × 720, under nine distortions, each from mild to more than anybody reads. Every code is
shown for three pictures, as one does who holds a telephone still for a fifth of a second; the hand shakes
and the noise is another one in each. All three see the same pictures, one after the other, with one thread
each. A payload counts when it is exactly the one in the code.

``empty_max_ms_720p`` is the slowest of many pictures without a code. Each is looked at twice, as we look at
every other one in another way, and each look is taken at its best of three times: the machine's other work is
not what is measured.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt
import segno
from pyzbar import pyzbar

from benchmarks.report import Row, write_report
from drivers.camera.codes import CodeReader, payload_text
from drivers.camera.pixels import Pixels

WIDTH, HEIGHT = 1280, 720
CODES_PER_DISTORTION = 24
PICTURES_PER_CODE = 3
EMPTY_PICTURES = 30
DECODED_AT_LEAST = 85.0
MEDIAN_AT_MOST_MS = 5.0
EMPTY_AT_MOST_MS = 20.0
OURS = "ours"

_POINT_PIXELS = 8  # in the drawing from which every picture is made
_QUIET_POINTS = 4  # ISO/IEC 18004, 9.1
_FINER = 2  # drawn so much larger, then made small, as a lens does
_SENSOR_NOISE = 3.0
_TEXTS = (
    "鄂汇办 电子亮码 {:06d}",
    "湖北省武汉市江汉区民生路{}号",
    "https://example.invalid/亮码?票={:08d}&事项=居住证签注",
    "业务编号 鄂-{:08d}，请在窗口出示",
)

Values = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Setting:
    """One code before the camera: what all its pictures have in common."""

    distortion: str
    text: str
    encoding: str
    side: float
    """Of the code with its quiet zone, in pixels."""
    degrees: float
    pull: tuple[tuple[float, float], ...]
    """How far each corner is out of place, in parts of half a side."""
    hardness: float
    seed: int


@dataclass
class Score:
    """What one contestant has done."""

    read: int = 0
    read_at_once: int = 0
    wrong: int = 0
    by_distortion: Counter[str] = field(default_factory=Counter)
    picture_ms: list[float] = field(default_factory=list)
    empty_ms: list[float] = field(default_factory=list)


class Hall:
    """Draws pictures; the same ones in every run."""

    def settings(self, codes_per_distortion: int) -> Iterator[Setting]:
        """Every distortion from mild to unreadable."""
        for distortion in DISTORTIONS:
            for index in range(codes_per_distortion):
                yield self._setting(distortion, index, index / max(1, codes_per_distortion - 1))

    def picture(self, setting: Setting, shake: int) -> Pixels:
        """One picture of the code, by a hand that shakes."""
        hand = random.Random(f"{setting.distortion}{setting.seed}{shake}")
        noise = np.random.default_rng([setting.seed, shake, len(setting.distortion)])
        code = self._code(setting)
        corners = self._corners(setting, hand)
        seen, mask = self._project(code, corners)
        values = self._empty(setting.seed).astype(np.float32)
        values += (seen - values) * mask
        points = code.shape[0] / _POINT_PIXELS
        values = DISTORTIONS[setting.distortion](values, setting, corners, setting.side / points)
        sigma = 10 + 95 * setting.hardness if setting.distortion == "noise" else _SENSOR_NOISE
        values += noise.normal(0.0, sigma, values.shape).astype(np.float32)
        return np.clip(values, 0, 255).astype(np.uint8)

    def empty_picture(self, seed: int) -> Pixels:
        """One picture without a code."""
        noise = np.random.default_rng([seed, 8]).normal(0.0, _SENSOR_NOISE, (HEIGHT, WIDTH))
        return np.clip(self._empty(seed) + noise, 0, 255).astype(np.uint8)

    def _empty(self, seed: int) -> Pixels:
        """A hall with all kinds of rectangles in it."""
        draw = np.random.default_rng([seed, 7])
        light = draw.integers(60, 190, (9, 16), dtype=np.uint8)
        hall = np.asarray(cv2.resize(light, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)
        for _ in range(14):
            left, top = int(draw.integers(0, WIDTH - 40)), int(draw.integers(0, HEIGHT - 40))
            right, bottom = left + int(draw.integers(20, 200)), top + int(draw.integers(20, 160))
            thickness = -1 if draw.random() < 0.5 else 2
            cv2.rectangle(hall, (left, top), (right, bottom), int(draw.integers(30, 230)), thickness)
        return hall

    def _setting(self, distortion: str, index: int, hardness: float) -> Setting:
        draw = random.Random(f"{distortion}{index}")
        text = draw.choice(_TEXTS).format(draw.randrange(10**6))
        encoding = "gb18030" if index % 3 == 2 else "utf-8"
        points = _matrix(text.encode(encoding)).shape[0] + 2 * _QUIET_POINTS
        side = points * (3.2 - 2.2 * hardness) if distortion == "small" else draw.uniform(230, 430)
        reach = 0.05 + 0.5 * hardness if distortion == "perspective" else 0.03
        pull = tuple((draw.uniform(-reach, reach / 4), draw.uniform(-reach, reach / 4)) for _ in range(4))
        degrees = draw.uniform(0, 360) if distortion == "rotation" else draw.uniform(-8, 8)
        return Setting(distortion, text, encoding, side, degrees, pull, hardness, index)

    def _code(self, setting: Setting) -> Pixels:
        points = np.pad(_matrix(setting.text.encode(setting.encoding)), _QUIET_POINTS)
        dark, bright = (240, 20) if setting.distortion == "inverted" else (20, 240)
        code = np.where(points, dark, bright).astype(np.uint8)
        return np.kron(code, np.ones((_POINT_PIXELS, _POINT_PIXELS), np.uint8))

    def _corners(self, setting: Setting, hand: random.Random) -> Values:
        place = random.Random(f"{setting.distortion}{setting.seed}place")
        half = setting.side / 2
        square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
        shape = half * square * (1 + np.array(setting.pull, np.float32))
        angle = np.radians(setting.degrees + hand.uniform(-1, 1))
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], np.float32)
        room = min(half * 1.45, HEIGHT / 2)
        middle = (place.uniform(room, WIDTH - room), place.uniform(room, HEIGHT - room))
        moved = (middle[0] + hand.uniform(-3, 3), middle[1] + hand.uniform(-3, 3))
        return np.asarray(shape @ turn + np.array(moved, np.float32), np.float32)

    def _project(self, code: Pixels, corners: Values) -> tuple[Values, Values]:
        edge = code.shape[0]
        source = np.array([[0, 0], [edge, 0], [edge, edge], [0, edge]], np.float32)
        turn = cv2.getPerspectiveTransform(source, np.asarray(corners * _FINER, np.float32))
        finer = (WIDTH * _FINER, HEIGHT * _FINER)
        layers = (code, np.full_like(code, 255))
        large = [cv2.warpPerspective(layer, turn, finer) for layer in layers]
        small = [cv2.resize(layer, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA) for layer in large]
        return small[0].astype(np.float32), np.asarray(small[1] / 255, np.float32)


Distortion = Callable[[Values, Setting, Values, float], Values]
"""A picture, its setting, the code's corners and the size of a point in pixels: the distorted picture."""


def _as_it_is(values: Values, setting: Setting, corners: Values, point: float) -> Values:  # noqa: ARG001
    return values


def _blurred(values: Values, setting: Setting, corners: Values, point: float) -> Values:  # noqa: ARG001
    if setting.seed % 2:
        return np.asarray(
            cv2.GaussianBlur(values, (0, 0), point * (0.15 + 0.75 * setting.hardness)), np.float32
        )
    length = max(3, round(point * (0.4 + 1.9 * setting.hardness)))
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1.0
    turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), setting.seed * 37.0, 1)
    kernel = np.asarray(cv2.warpAffine(kernel, turn, (length, length)), np.float32)
    return np.asarray(cv2.filter2D(values, -1, kernel / kernel.sum()), np.float32)


def _glaring(values: Values, setting: Setting, corners: Values, point: float) -> Values:  # noqa: ARG001
    draw = random.Random(f"glare{setting.seed}")
    down, across = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    middle = (
        corners.mean(axis=0) + np.array([draw.uniform(-0.3, 0.3), draw.uniform(-0.3, 0.3)]) * setting.side
    )
    radius = setting.side * (0.06 + 0.2 * setting.hardness)
    distance = ((across - middle[0]) ** 2 + (down - middle[1]) ** 2) / (2 * radius**2)
    return np.asarray(values + 320 * np.exp(-distance), np.float32)


def _with_moire(values: Values, setting: Setting, corners: Values, point: float) -> Values:  # noqa: ARG001
    draw = random.Random(f"moire{setting.seed}")
    down, across = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    angle, period = draw.uniform(0, np.pi), draw.uniform(2.2, 12)
    wave = np.sin(2 * np.pi * (across * np.cos(angle) + down * np.sin(angle)) / period)
    return np.asarray(values + (20 + 130 * setting.hardness) * wave, np.float32)


def _flat(values: Values, setting: Setting, corners: Values, point: float) -> Values:  # noqa: ARG001
    return np.asarray(120 + (values - 120) * (0.5 - 0.475 * setting.hardness), np.float32)


DISTORTIONS: dict[str, Distortion] = {
    "rotation": _as_it_is,
    "perspective": _as_it_is,
    "blur": _blurred,
    "noise": _as_it_is,
    "glare": _glaring,
    "moire": _with_moire,
    "inverted": _as_it_is,
    "low_contrast": _flat,
    "small": _as_it_is,
}

Contestant = Callable[[Pixels], str | None]


def contestants() -> dict[str, Contestant]:
    """Who reads; each begins afresh."""
    ours, detector = CodeReader(), cv2.QRCodeDetector()

    def by_us(picture: Pixels) -> str | None:
        payload = ours.read(picture)
        return None if payload is None else payload_text(payload)

    def by_pyzbar(picture: Pixels) -> str | None:
        found = pyzbar.decode(picture, [pyzbar.ZBarSymbol.QRCODE])
        return found[0].data.decode("utf-8", "replace") if found else None

    def by_opencv(picture: Pixels) -> str | None:
        try:
            return detector.detectAndDecode(picture)[0] or None
        except UnicodeDecodeError:  # a payload that is not UTF-8
            return None

    return {OURS: by_us, "pyzbar alone": by_pyzbar, "cv2 alone": by_opencv}


def measure(*, codes_per_distortion: int, empty_pictures: int) -> list[Row]:
    """Shows every picture to every contestant in turn."""
    hall, readers = Hall(), contestants()
    scores = {name: Score() for name in readers}
    settings = list(hall.settings(codes_per_distortion))
    for setting in settings:
        pictures = [hall.picture(setting, shake) for shake in range(PICTURES_PER_CODE)]
        for name, read in readers.items():
            _judge(scores[name], setting, [_timed(read, picture) for picture in pictures])
    for seed in range(empty_pictures):
        picture = hall.empty_picture(10_000 + seed)
        for name, read in readers.items():
            _judge_empty(scores[name], [[_timed(read, picture) for _ in range(2)] for _ in range(3)])
    return _rows(scores, len(settings), codes_per_distortion)


def _judge(score: Score, setting: Setting, answers: list[tuple[str | None, float]]) -> None:
    texts = [text for text, _ in answers]
    right = setting.text in texts
    score.read += right
    score.read_at_once += texts[0] == setting.text
    score.wrong += sum(text not in (None, setting.text) for text in texts)
    score.by_distortion[setting.distortion] += right
    score.picture_ms += [taken_ms for _, taken_ms in answers]


def _judge_empty(score: Score, rounds: list[list[tuple[str | None, float]]]) -> None:
    score.empty_ms += [min(taken_ms for _, taken_ms in look) for look in zip(*rounds, strict=True)]
    score.wrong += sum(text is not None for looks in rounds for text, _ in looks)


def _timed(read: Contestant, picture: Pixels) -> tuple[str | None, float]:
    started_s = time.perf_counter()
    text = read(picture)
    return text, (time.perf_counter() - started_s) * 1000


def _rows(scores: dict[str, Score], codes: int, codes_per_distortion: int) -> list[Row]:
    def row(figure: str, unit: str, value: Callable[[Score], float], limit: float | None = None) -> Row:
        values = {name: round(value(score), 2) for name, score in scores.items()}
        others = {name: taken for name, taken in values.items() if name != OURS}
        beside = others if limit is None else {"limit": limit, **others}
        return Row(figure, unit, "higher" if unit == "%" else "lower", values[OURS], beside)

    return [
        row("decoded_percent", "%", lambda score: 100 * score.read / codes, DECODED_AT_LEAST),
        row("decoded_in_first_picture_percent", "%", lambda score: 100 * score.read_at_once / codes),
        row("wrong_payloads", "pictures", lambda score: score.wrong, 0.0),
        row("median_ms_720p", "ms", lambda score: median(score.picture_ms), MEDIAN_AT_MOST_MS),
        row("p95_ms_720p", "ms", lambda score: float(np.percentile(score.picture_ms, 95))),
        row("empty_max_ms_720p", "ms", lambda score: max(score.empty_ms), EMPTY_AT_MOST_MS),
        *(
            row(
                f"decoded_percent_{name}",
                "%",
                lambda score, name=name: 100 * score.by_distortion[name] / codes_per_distortion,  # type: ignore[misc]
            )
            for name in DISTORTIONS
        ),
    ]


def _matrix(payload: bytes) -> Pixels:
    code = segno.make(payload, mode="byte", micro=False, error="m", boost_error=False)
    return np.array([list(line) for line in code.matrix], np.uint8)


def main() -> None:
    """Measures with one thread for everybody; takes about a minute and a half."""
    cv2.setNumThreads(1)
    write_report(
        "qr_camera", measure(codes_per_distortion=CODES_PER_DISTORTION, empty_pictures=EMPTY_PICTURES)
    )


if __name__ == "__main__":
    main()
