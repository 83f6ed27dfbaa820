"""Backgrounds, drawn from gradients and a few shapes: nothing is photographed or copied.

A scene is a place (`beach`) at a time of day (`day`, `sunset`, `night`). `draw_scene` paints one at
any size; the same code paints the training backgrounds (small) and the gallery (large).
"""

from __future__ import annotations

import cv2
import numpy as np

#: Place → the ways captions put a subject there. The first word group names the place itself.
PLACES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "beach": (("beach", "seaside", "sandy beach"), ("on the beach", "at the beach", "on a sandy beach", "by the sea", "at the seaside")),
    "sea": (("sea", "ocean", "open water"), ("on the sea", "at sea", "on the ocean", "on the water")),
    "snow": (("snow", "snowy landscape", "winter"), ("in the snow", "in a snowy landscape", "in winter", "on the snow")),
    "forest": (("forest", "woods"), ("in the forest", "in the woods", "in a forest", "among the trees")),
    "street": (("street", "road"), ("on the street", "on a road", "in the street", "on the road")),
    "room": (("room", "living room", "indoors"), ("in a room", "in the living room", "indoors", "at home", "inside")),
    "kitchen": (("kitchen",), ("in the kitchen", "in a kitchen")),
    "meadow": (("meadow", "park", "grass"), ("in a meadow", "in the park", "on the grass", "in a green field")),
    "desert": (("desert",), ("in the desert", "in a desert", "on the dunes")),
    "mountains": (("mountains",), ("in the mountains", "in front of mountains", "near the mountains")),
    "city": (("city", "skyline"), ("in the city", "in front of a skyline", "in town", "downtown")),
    "lake": (("lake",), ("at the lake", "by a lake", "at a lake")),
    "farm": (("farm",), ("on the farm", "at the farm", "on a farm")),
    "underwater": (("underwater",), ("under water", "underwater", "under the sea")),
    "space": (("outer space", "space"), ("in space", "in outer space", "among the stars")),
    "stage": (("stage", "theatre"), ("on a stage", "on stage", "in a theatre")),
    "plain": (("plain background",), ("on a plain background", "on a coloured background")),
}
#: Places with a sky, where the time of day shows.
OUTDOOR = ("beach", "sea", "snow", "forest", "street", "meadow", "desert", "mountains", "city", "lake", "farm")
TIMES = ("day", "sunset", "night")

_SKY = {
    "day": (((96, 168, 232), (200, 230, 250)), ((120, 190, 240), (220, 238, 248)), ((80, 150, 220), (170, 215, 245))),
    "sunset": (((92, 60, 130), (255, 160, 80)), ((60, 60, 120), (250, 120, 70)), ((150, 80, 120), (255, 200, 110)), ((200, 80, 80), (255, 190, 90))),
    "night": (((8, 12, 40), (36, 44, 92)), ((10, 8, 30), (50, 40, 90)), ((4, 14, 36), (24, 60, 100))),
}


class Painter:
    """A canvas with coordinates in fractions of its width and height."""

    def __init__(self, width: int, height: int, rng: np.random.Generator):
        self.w, self.h, self.rng = width, height, rng
        self.image = np.zeros((height, width, 3), np.uint8)

    def colour(self, base, spread: int = 18):
        """A base colour, varied a little, so that no two backgrounds share their tints."""
        return tuple(int(v) for v in np.clip(np.asarray(base) + self.rng.integers(-spread, spread + 1, 3), 0, 255))

    def gradient(self, top, bottom, y0: float = 0.0, y1: float = 1.0) -> None:
        a, b = int(y0 * self.h), max(int(y0 * self.h) + 1, int(y1 * self.h))
        t = np.linspace(0, 1, b - a)[:, None, None]
        self.image[a:b] = (np.asarray(top) * (1 - t) + np.asarray(bottom) * t).astype(np.uint8)

    def polygon(self, points, colour) -> None:
        pts = (np.asarray(points) * (self.w, self.h)).astype(np.int32)
        cv2.fillPoly(self.image, [pts], colour)

    def rectangle(self, x0, y0, x1, y1, colour) -> None:
        cv2.rectangle(self.image, (int(x0 * self.w), int(y0 * self.h)), (int(x1 * self.w), int(y1 * self.h)), colour, -1)

    def ellipse(self, x, y, rx, ry, colour) -> None:
        """Radii in fractions of the height, so that a circle stays one."""
        cv2.ellipse(self.image, (int(x * self.w), int(y * self.h)), (max(1, int(rx * self.h)), max(1, int(ry * self.h))), 0, 0, 360, colour, -1)

    def glow(self, x, y, radius, colour, strength: float = 0.8) -> None:
        """Light around a point, falling off smoothly."""
        yy, xx = np.mgrid[0 : self.h, 0 : self.w].astype(np.float32)
        d2 = ((xx - x * self.w) ** 2 + (yy - y * self.h) ** 2) / (radius * self.h) ** 2
        a = (strength * np.exp(-d2))[..., None]
        self.image = (self.image * (1 - a) + np.asarray(colour, np.float32) * a).astype(np.uint8)

    def ridge(self, base: float, height: float, colour, rough: float = 1.0, bottom: float = 1.0) -> np.ndarray:
        """A hill line built of a few sines, filled down to `bottom`; returns its y per step."""
        x = np.linspace(0, 1, 60)
        y = np.full_like(x, base)
        for k in range(1, 5):
            y -= height / k * 0.5 * np.sin(x * 2 * np.pi * k * rough * self.rng.uniform(0.5, 1.2) + self.rng.uniform(0, 6.28))
        self.polygon([(0, bottom), *zip(x, y), (1, bottom)], colour)
        return y


def _sky(p: Painter, time: str, horizon: float) -> None:
    rng = p.rng
    top, bottom = _SKY[time][rng.integers(len(_SKY[time]))]
    low = p.colour(bottom)
    p.gradient(p.colour(top), low, 0, horizon + 0.02)
    p.rectangle(0, horizon + 0.01, 1, 1, low)  # so that no hill line leaves a gap below the sky
    if time == "sunset":
        x, y = rng.uniform(0.15, 0.85), horizon - rng.uniform(0.0, 0.16)
        p.glow(x, y, rng.uniform(0.3, 0.5), p.colour((255, 190, 90)), 0.8)
        r = rng.uniform(0.07, 0.13)
        p.ellipse(x, y, r, r, p.colour((255, 226, 140), 14))
        for _ in range(rng.integers(0, 4)):
            cx, cy = rng.uniform(0, 1), rng.uniform(0.05, horizon * 0.7)
            p.ellipse(cx, cy, rng.uniform(0.12, 0.3), rng.uniform(0.008, 0.022), p.colour((240, 150, 130)))
    elif time == "night":
        for _ in range(rng.integers(15, 50)):
            r = rng.uniform(0.002, 0.006)
            p.ellipse(rng.uniform(0, 1), rng.uniform(0, horizon), r, r, p.colour((235, 235, 220), 20))
        if rng.random() < 0.6:
            x, y, r = rng.uniform(0.1, 0.9), rng.uniform(0.08, horizon * 0.5), rng.uniform(0.04, 0.07)
            p.glow(x, y, r * 2.5, (150, 160, 190), 0.4)
            p.ellipse(x, y, r, r, p.colour((240, 238, 215), 12))
    else:
        if rng.random() < 0.5:
            x, y, r = rng.uniform(0.1, 0.9), rng.uniform(0.06, 0.2), rng.uniform(0.04, 0.07)
            p.glow(x, y, r * 2, (255, 245, 190), 0.6)
            p.ellipse(x, y, r, r, p.colour((255, 236, 130), 12))
        for _ in range(rng.integers(0, 4)):
            x, y, s = rng.uniform(0, 1), rng.uniform(0.05, horizon * 0.6), rng.uniform(0.04, 0.09)
            c = p.colour((246, 248, 250), 6)
            for dx, k in ((-0.9, 0.6), (0, 1.0), (0.9, 0.7)):
                p.ellipse(x + dx * s * 0.9, y, s * k * 1.1, s * k * 0.55, c)


def _lit(time: str, colour) -> tuple[int, ...]:
    """A colour in the light of a time of day."""
    tint = {"day": (1, 1, 1), "sunset": (0.95, 0.72, 0.62), "night": (0.32, 0.36, 0.52)}[time]
    return tuple(int(c * t) for c, t in zip(colour, tint))


def _waves(p: Painter, y0: float, y1: float, colour, count: int) -> None:
    for _ in range(count):
        y = p.rng.uniform(y0, y1)
        p.ellipse(p.rng.uniform(0, 1), y, p.rng.uniform(0.03, 0.12), 0.004 + 0.006 * (y - y0), colour)


def _sparkle_path(p: Painter, horizon: float, until: float) -> None:
    """The sun's (or moon's) broken reflection on water."""
    x = p.rng.uniform(0.25, 0.75)
    for k in range(10):
        y = horizon + (until - horizon) * k / 10
        p.ellipse(x + p.rng.uniform(-0.03, 0.03), y, p.rng.uniform(0.02, 0.09), 0.006, (255, 206, 130))


def _tree(p: Painter, x: float, y: float, s: float, time: str, conifer: bool, snow: bool = False) -> None:
    trunk, leaf = _lit(time, p.colour((96, 66, 44), 8)), _lit(time, p.colour((36, 110, 64) if conifer else (70, 140, 60)))
    k = p.h / p.w
    p.rectangle(x - 0.04 * s * k, y - 0.25 * s, x + 0.04 * s * k, y, trunk)
    if conifer:
        for i in range(3):
            b, wd = y - s * (0.15 + 0.25 * i), s * (0.34 - 0.08 * i) * k
            p.polygon([(x - wd, b), (x + wd, b), (x, b - 0.42 * s)], leaf)
            if snow:
                p.polygon([(x - wd * 0.4, b - 0.25 * s), (x + wd * 0.4, b - 0.25 * s), (x, b - 0.42 * s)], _lit(time, (238, 244, 250)))
    else:
        p.ellipse(x, y - 0.6 * s, 0.34 * s, 0.38 * s, leaf)


def _buildings(p: Painter, base: float, time: str, tall: float) -> None:
    x = -0.02
    while x < 1:
        w, h = p.rng.uniform(0.07, 0.16), p.rng.uniform(0.4, 1.0) * tall
        body = _lit(time, p.colour([(150, 150, 165), (176, 140, 120), (120, 134, 150), (190, 176, 150)][p.rng.integers(4)]))
        p.rectangle(x, base - h, x + w, base, body)
        glass = p.colour((255, 220, 120), 10) if time != "day" else tuple(min(255, c + 45) for c in body)
        for wy in np.arange(base - h + 0.02, base - 0.03, 0.045):
            for wx in np.arange(x + 0.012, x + w - 0.016, 0.026):
                if p.rng.random() < (0.45 if time != "day" else 0.9):
                    p.rectangle(wx, wy, wx + 0.011, wy + 0.02, glass)
        x += w + p.rng.uniform(0, 0.01)


def _flakes(p: Painter, count: int) -> None:
    for _ in range(count):
        r = p.rng.uniform(0.003, 0.009)
        p.ellipse(p.rng.uniform(0, 1), p.rng.uniform(0, 1), r, r, (250, 252, 255))


def _beach(p, time):
    rng, horizon = p.rng, p.rng.uniform(0.38, 0.5)
    _sky(p, time, horizon)
    shore = horizon + rng.uniform(0.12, 0.2)
    sea = {"day": (40, 140, 190), "sunset": (140, 90, 120), "night": (20, 40, 80)}[time]
    p.gradient(p.colour(sea), p.colour(np.asarray(sea) * 1.2), horizon, shore + 0.08)
    _waves(p, horizon + 0.02, shore, tuple(int(min(255, c * 1.3 + 20)) for c in sea), 12)
    if time == "sunset":
        _sparkle_path(p, horizon, shore)
    sand = _lit(time, p.colour((238, 214, 160), 12))
    p.ridge(shore + 0.025, 0.03, tuple(int(min(255, c * 1.08 + 10)) for c in sea))
    p.ridge(shore + 0.04, 0.03, _lit(time, (246, 246, 240)))
    p.ridge(shore + 0.055, 0.03, sand)
    for _ in range(30):
        p.ellipse(rng.uniform(0, 1), rng.uniform(shore + 0.12, 1), 0.004, 0.003, tuple(int(c * 0.88) for c in sand))
    return shore + 0.05


def _sea(p, time):
    horizon = p.rng.uniform(0.35, 0.5)
    _sky(p, time, horizon)
    sea = {"day": (24, 110, 170), "sunset": (120, 74, 110), "night": (14, 30, 66)}[time]
    p.gradient(p.colour(np.asarray(sea) * 1.2), p.colour(np.asarray(sea) * 0.75), horizon, 1)
    _waves(p, horizon + 0.03, 1, tuple(int(min(255, c * 1.25 + 18)) for c in sea), 45)
    if time == "sunset":
        _sparkle_path(p, horizon, 0.95)
    return horizon


def _snow(p, time):
    horizon = p.rng.uniform(0.4, 0.55)
    _sky(p, time, horizon + 0.05)
    p.ridge(horizon, 0.1, _lit(time, p.colour((196, 212, 230), 10)))
    for _ in range(p.rng.integers(2, 7)):
        _tree(p, p.rng.uniform(0, 1), horizon + p.rng.uniform(0.02, 0.1), p.rng.uniform(0.12, 0.26), time, True, True)
    p.ridge(horizon + 0.09, 0.05, _lit(time, p.colour((238, 243, 250), 6)))
    if p.rng.random() < 0.7:
        _flakes(p, int(p.rng.integers(20, 70)))
    return horizon + 0.08


def _forest(p, time):
    horizon = p.rng.uniform(0.45, 0.6)
    _sky(p, time, horizon)
    p.ridge(horizon - 0.1, 0.1, _lit(time, p.colour((80, 130, 96))))
    p.ridge(horizon + 0.02, 0.04, _lit(time, p.colour((74, 120, 58))))
    conifer = p.rng.random() < 0.6
    for y in np.sort(p.rng.uniform(horizon, horizon + 0.16, p.rng.integers(9, 16))):
        _tree(p, p.rng.uniform(-0.05, 1.05), y, p.rng.uniform(0.3, 0.55), time, conifer or p.rng.random() < 0.3)
    p.ridge(horizon + 0.17, 0.03, _lit(time, p.colour((90, 130, 60))))
    return horizon + 0.16


def _street(p, time):
    horizon = p.rng.uniform(0.42, 0.55)
    _sky(p, time, horizon)
    _buildings(p, horizon + 0.06, time, p.rng.uniform(0.22, 0.4))
    p.rectangle(0, horizon + 0.06, 1, horizon + 0.12, _lit(time, p.colour((176, 172, 166), 10)))
    p.rectangle(0, horizon + 0.12, 1, 1, _lit(time, p.colour((92, 94, 100), 10)))
    y = horizon + 0.12 + (1 - horizon - 0.12) * 0.5
    for x in np.arange(-0.05, 1, 0.2):
        p.rectangle(x, y, x + 0.1, y + 0.02, _lit(time, (236, 230, 200)))
    return horizon + 0.12


def _city(p, time):
    horizon = p.rng.uniform(0.6, 0.72)
    _sky(p, time, horizon)
    _buildings(p, horizon, time, p.rng.uniform(0.42, 0.6))
    p.gradient(_lit(time, p.colour((150, 152, 150))), _lit(time, p.colour((120, 122, 126))), horizon, 1)
    return horizon


def _room(p, time):
    rng, floor = p.rng, p.rng.uniform(0.6, 0.72)
    wall = p.colour([(222, 200, 172), (186, 204, 212), (214, 186, 190), (196, 208, 180), (236, 228, 210)][rng.integers(5)], 10)
    p.gradient(wall, tuple(int(c * 0.93) for c in wall), 0, floor)
    p.gradient(p.colour((164, 118, 80)), p.colour((130, 90, 60)), floor, 1)
    p.rectangle(0, floor - 0.02, 1, floor, p.colour((240, 236, 228), 8))
    x = rng.uniform(0.1, 0.6)
    p.rectangle(x, 0.12, x + 0.26, 0.42, p.colour((246, 244, 240), 6))
    p.rectangle(x + 0.015, 0.14, x + 0.122, 0.40, p.colour((150, 200, 236)))
    p.rectangle(x + 0.138, 0.14, x + 0.245, 0.40, p.colour((150, 200, 236)))
    rug = p.colour([(176, 70, 70), (70, 110, 160), (110, 140, 90)][rng.integers(3)])
    p.ellipse(rng.uniform(0.3, 0.7), (floor + 1) / 2 + 0.02, 0.45, 0.1, rug)
    return floor


def _kitchen(p, time):
    rng, top = p.rng, p.rng.uniform(0.55, 0.66)
    tile = p.colour((226, 234, 236), 8)
    p.rectangle(0, 0, 1, 1, tile)
    for k in np.arange(0, 1.01, 0.09):
        p.rectangle(0, k, 1, k + 0.006, tuple(int(c * 0.9) for c in tile))
        p.rectangle(k, 0, k + 0.005, 1, tuple(int(c * 0.9) for c in tile))
    cabinet = p.colour([(196, 150, 100), (120, 160, 150), (170, 90, 80), (90, 110, 140)][rng.integers(4)])
    for x in np.arange(0, 1, 0.25):
        p.rectangle(x, 0, x + 0.24, 0.16, cabinet)
        p.rectangle(x + 0.1, 0.13, x + 0.14, 0.145, (240, 236, 226))
    p.rectangle(0, top, 1, top + 0.07, p.colour((110, 104, 100)))
    for x in np.arange(0, 1, 0.25):
        p.rectangle(x, top + 0.08, x + 0.24, 1, cabinet)
        p.rectangle(x + 0.1, top + 0.11, x + 0.14, top + 0.125, (240, 236, 226))
    return top


def _meadow(p, time):
    rng, horizon = p.rng, p.rng.uniform(0.42, 0.58)
    _sky(p, time, horizon)
    p.ridge(horizon - 0.02, 0.1, _lit(time, p.colour((130, 178, 110))))
    p.ridge(horizon + 0.06, 0.06, _lit(time, p.colour((104, 168, 76))))
    for _ in range(rng.integers(0, 45)):
        r = rng.uniform(0.004, 0.009)
        c = [(250, 240, 120), (250, 250, 250), (240, 120, 150)][rng.integers(3)]
        p.ellipse(rng.uniform(0, 1), rng.uniform(horizon + 0.15, 1), r, r, _lit(time, c))
    return horizon + 0.08


def _desert(p, time):
    horizon = p.rng.uniform(0.42, 0.55)
    _sky(p, time, horizon + 0.05)
    p.ridge(horizon, 0.12, _lit(time, p.colour((226, 176, 110), 12)))
    p.ridge(horizon + 0.12, 0.1, _lit(time, p.colour((238, 190, 120), 12)))
    p.ridge(horizon + 0.3, 0.08, _lit(time, p.colour((246, 204, 136), 12)))
    return horizon + 0.1


def _mountains(p, time):
    rng, horizon = p.rng, p.rng.uniform(0.5, 0.62)
    _sky(p, time, horizon)
    for _ in range(rng.integers(2, 5)):
        x, w, h = rng.uniform(0, 1), rng.uniform(0.2, 0.4), rng.uniform(0.25, 0.45)
        p.polygon([(x - w, horizon + 0.05), (x, horizon - h), (x + w, horizon + 0.05)], _lit(time, p.colour((118, 128, 146))))
        p.polygon([(x - w * 0.3, horizon - h * 0.66), (x, horizon - h), (x + w * 0.3, horizon - h * 0.66), (x + w * 0.1, horizon - h * 0.74), (x, horizon - h * 0.62), (x - w * 0.12, horizon - h * 0.74)], _lit(time, (244, 248, 252)))
    p.ridge(horizon + 0.04, 0.05, _lit(time, p.colour((96, 140, 88))))
    return horizon + 0.05


def _lake(p, time):
    rng, horizon = p.rng, p.rng.uniform(0.38, 0.48)
    _sky(p, time, horizon)
    p.ridge(horizon - 0.03, 0.12, _lit(time, p.colour((90, 136, 100))), bottom=horizon + 0.02)
    for _ in range(rng.integers(3, 8)):
        _tree(p, rng.uniform(0, 1), horizon + 0.01, rng.uniform(0.12, 0.22), time, True)
    water = _lit(time, p.colour((110, 170, 200)))
    p.gradient(water, tuple(int(c * 0.85) for c in water), horizon, 0.78)
    _waves(p, horizon + 0.02, 0.75, tuple(min(255, c + 25) for c in water), 14)
    p.ridge(0.76, 0.04, _lit(time, p.colour((110, 150, 80))))
    return 0.74


def _farm(p, time):
    rng, horizon = p.rng, p.rng.uniform(0.42, 0.52)
    _sky(p, time, horizon)
    p.ridge(horizon, 0.06, _lit(time, p.colour((196, 190, 96))))
    x, k = rng.uniform(0.1, 0.8), p.h / p.w
    red = _lit(time, p.colour((176, 52, 44)))
    p.rectangle(x - 0.16 * k, horizon - 0.16, x + 0.16 * k, horizon + 0.08, red)
    p.polygon([(x - 0.2 * k, horizon - 0.14), (x, horizon - 0.3), (x + 0.2 * k, horizon - 0.14)], _lit(time, (120, 60, 50)))
    p.rectangle(x - 0.05 * k, horizon - 0.04, x + 0.05 * k, horizon + 0.08, _lit(time, (244, 240, 232)))
    p.rectangle(0, horizon + 0.08, 1, 1, _lit(time, p.colour((150, 160, 76))))
    for i in range(9):
        t = i / 8
        p.polygon([(t, horizon + 0.1), (t + 0.012, horizon + 0.1), (t * 2.2 - 0.55, 1), (t * 2.2 - 0.6, 1)], _lit(time, p.colour((130, 130, 60), 6)))
    for fx in np.arange(0, 1, 0.1):
        p.rectangle(fx, horizon + 0.05, fx + 0.012, horizon + 0.14, _lit(time, (236, 230, 220)))
    p.rectangle(0, horizon + 0.08, 1, horizon + 0.095, _lit(time, (236, 230, 220)))
    return horizon + 0.13


def _underwater(p, time):
    rng = p.rng
    p.gradient(p.colour((60, 176, 210)), p.colour((10, 50, 110)))
    for _ in range(4):
        x, w = rng.uniform(0, 1), rng.uniform(0.03, 0.1)
        over = p.image.copy()
        cv2.fillPoly(over, [np.asarray([(x * p.w, 0), ((x + w) * p.w, 0), ((x + w - 0.2) * p.w, p.h), ((x - 0.35) * p.w, p.h)], np.int32)], (130, 214, 230))
        p.image = cv2.addWeighted(over, 0.25, p.image, 0.75, 0)
    p.ridge(0.88, 0.05, p.colour((190, 176, 130)))
    for _ in range(rng.integers(3, 9)):
        x, h = rng.uniform(0, 1), rng.uniform(0.08, 0.25)
        p.polygon([(x - 0.01, 0.97), (x + 0.01, 0.97), (x + rng.uniform(-0.03, 0.03), 0.92 - h)], p.colour((40, 130, 80)))
    for _ in range(rng.integers(6, 20)):
        r = rng.uniform(0.005, 0.014)
        p.ellipse(rng.uniform(0, 1), rng.uniform(0, 0.85), r, r, (170, 226, 240))
    return 0.8


def _space(p, time):
    rng = p.rng
    p.gradient(p.colour((6, 6, 20), 6), p.colour((22, 10, 44), 8))
    p.glow(rng.uniform(0, 1), rng.uniform(0, 1), rng.uniform(0.3, 0.6), p.colour((110, 50, 140), 40), 0.5)
    p.glow(rng.uniform(0, 1), rng.uniform(0, 1), rng.uniform(0.2, 0.4), p.colour((30, 80, 150), 30), 0.4)
    for _ in range(rng.integers(60, 130)):
        r = rng.uniform(0.002, 0.006)
        p.ellipse(rng.uniform(0, 1), rng.uniform(0, 1), r, r, p.colour((235, 235, 240), 20))
    return 0.6


def _stage(p, time):
    rng = p.rng
    red = p.colour([(150, 20, 34), (90, 24, 110), (24, 50, 120)][rng.integers(3)])
    p.rectangle(0, 0, 1, 1, tuple(int(c * 0.35) for c in red))
    p.glow(rng.uniform(0.35, 0.65), 0.5, 0.5, (255, 240, 200), 0.6)
    for k in range(3):
        shade = tuple(int(c * (1 - 0.15 * (k % 2))) for c in red)
        p.rectangle(k * 0.06, 0, k * 0.06 + 0.06, 0.8, shade)
        p.rectangle(0.94 - k * 0.06, 0, 1 - k * 0.06, 0.8, shade)
    p.rectangle(0, 0, 1, 0.1, red)
    p.gradient(p.colour((150, 100, 60)), p.colour((110, 70, 40)), 0.78, 1)
    return 0.78


def _plain(p, time):
    rng = p.rng
    a, b = rng.integers(30, 250, 3), rng.integers(30, 250, 3)
    if rng.random() < 0.4:
        p.gradient(a, a)
    else:
        p.gradient(a, b)
        if rng.random() < 0.3:
            p.image = np.ascontiguousarray(cv2.resize(p.image.transpose(1, 0, 2), (p.w, p.h)))
    return 0.5


_DRAW = {
    "beach": _beach, "sea": _sea, "snow": _snow, "forest": _forest, "street": _street, "room": _room,
    "kitchen": _kitchen, "meadow": _meadow, "desert": _desert, "mountains": _mountains, "city": _city,
    "lake": _lake, "farm": _farm, "underwater": _underwater, "space": _space, "stage": _stage, "plain": _plain,
}


def draw_scene(place: str, time: str, width: int, height: int, rng: np.random.Generator) -> tuple[np.ndarray, float]:
    """Paint one background.

    Returns RGB uint8 [height, width, 3] and the y (fraction) from which the ground reaches down.
    It is painted at twice the size and averaged down, which is all the antialiasing it needs.
    """
    painter = Painter(width * 2, height * 2, rng)
    ground = _DRAW[place](painter, time)
    image = cv2.resize(painter.image, (width, height), interpolation=cv2.INTER_AREA)
    return image, float(min(ground, 0.85))
