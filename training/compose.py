"""Compositions: which subjects stand where in which scene, and the picture of it.

`sample` decides, `render` paints. A composition is plain data in canvas fractions, so the same one
can be painted at 96×96 for training (already squashed, as the model sees it) or at 640×480.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image

from concepts import FAVOURED, Concept
from scenes import OUTDOOR, PLACES, TIMES, draw_scene

#: Scenes that the demo's queries name are drawn more often.
_PLACE_WEIGHT = {"beach": 3.0, "snow": 2.0, "street": 1.5, "plain": 2.0, "room": 1.5}
_TIME_WEIGHT = (0.5, 0.28, 0.22)
#: Width : height of the pictures the model is to know, portrait to panorama.
_ASPECTS = (4 / 3, 4 / 3, 3 / 2, 1.0, 3 / 4, 16 / 9)


@dataclass
class Subject:
    """One pictogram on the canvas; x, y is its centre, size its side in fractions of the height."""

    concept: int
    sprite: int
    x: float
    y: float
    size: float
    angle: float = 0.0
    flip: bool = False
    gain: tuple[float, float, float] = (1.0, 1.0, 1.0)


@dataclass
class Composition:
    place: str
    time: str
    aspect: float
    subjects: list[Subject] = field(default_factory=list)


class Sampler:
    """Draws compositions. `rows[c]` lists the sprites of concept c."""

    def __init__(self, concepts: list[Concept], rows: list[list[int]]):
        self.concepts, self.rows = concepts, rows
        weight = np.asarray([FAVOURED.get(c.key, 1.0) for c in concepts])
        self.weight = weight / weight.sum()
        self.places = list(PLACES)
        place_weight = np.asarray([_PLACE_WEIGHT.get(p, 1.0) for p in self.places])
        self.place_weight = place_weight / place_weight.sum()
        self.people = [c.index for c in concepts if "people" in c.umbrellas]
        self.christmas = [c.index for c in concepts if "christmas" in c.umbrellas]

    def sample(self, rng: np.random.Generator, count: int) -> Composition:
        """One composition of `count` subjects (some of the same concept now and then)."""
        place = self.places[rng.choice(len(self.places), p=self.place_weight)]
        time = TIMES[rng.choice(3, p=_TIME_WEIGHT)] if place in OUTDOOR else "day"
        picks = list(rng.choice(len(self.concepts), size=count, replace=False, p=self.weight))
        # Groups that belong together in life: people with people, Christmas things with their like.
        if count >= 2:
            u = rng.random()
            if u < 0.08:
                picks[:2] = rng.choice(self.people, 2, replace=False)
            elif u < 0.13:
                picks[:2] = rng.choice(self.christmas, 2, replace=False)
            elif u < 0.23:
                picks[1] = picks[0]
            picks = list(rng.permutation(picks))
        return self.arrange(rng, place, time, [int(c) for c in picks])

    def arrange(self, rng: np.random.Generator, place: str, time: str, picks: list[int]) -> Composition:
        """Place the subjects on slots, with little overlap, at sizes that fit their number."""
        aspect = float(rng.choice(_ASPECTS))
        comp = Composition(place, time, aspect)
        n = len(picks)
        low, high = {1: (0.4, 0.85), 2: (0.34, 0.6), 3: (0.3, 0.5), 4: (0.27, 0.44)}[n]
        styles = rng.integers(0, 1 << 30, n)
        previous: dict[int, int] = {}
        for i, (concept, (x, y)) in enumerate(zip(picks, _slots(rng, n, aspect))):
            # "Two dogs" are mostly drawn alike.
            sprite = previous.get(concept) if rng.random() < 0.7 else None
            if sprite is None:
                sprite = self.rows[concept][int(styles[i]) % len(self.rows[concept])]
            previous[concept] = sprite
            size = rng.uniform(low, high) * min(1.0, aspect ** 0.5)
            angle = rng.normal(0, 7) if rng.random() < 0.8 else rng.uniform(-40, 40)
            gain = np.exp(rng.normal(0, 0.07) + rng.normal(0, 0.06, 3))
            comp.subjects.append(Subject(concept, sprite, x, y, size, angle, rng.random() < 0.5, tuple(gain)))
        return comp


def _slots(rng: np.random.Generator, n: int, aspect: float):
    """n centres, spread over the canvas, mostly in its lower two thirds where the ground is."""
    if n == 1:
        return [(rng.uniform(0.35, 0.65), rng.uniform(0.45, 0.62))]
    if n == 2 and aspect >= 1 or n == 3 and aspect >= 1.3:
        xs = (np.arange(n) + 0.5) / n + rng.normal(0, 0.03, n)
        return list(zip(rng.permutation(xs), rng.uniform(0.42, 0.72, n)))
    if n == 2:
        cells = [(0.5, 0.28), (0.5, 0.72)]
        return [(x + rng.normal(0, 0.1), y + rng.normal(0, 0.03)) for x, y in rng.permutation(cells)]
    cells = rng.permutation([(0.27, 0.3), (0.73, 0.3), (0.27, 0.74), (0.73, 0.74)])[:n]
    return [(x + rng.normal(0, 0.04), y + rng.normal(0, 0.04)) for x, y in cells]


class Renderer:
    """Paints compositions from premultiplied sprites, kept at several sizes."""

    def __init__(self, sprites: np.ndarray, sizes=(128, 64, 32)):
        side = sprites.shape[1]
        self.levels: dict[int, np.ndarray] = {}
        for size in sizes:
            self.levels[size] = (
                sprites if size == side
                else np.stack([cv2.resize(s, (size, size), interpolation=cv2.INTER_AREA) for s in sprites])
            )

    def paste(self, canvas: np.ndarray, subject: Subject, aspect: float) -> np.ndarray:
        """Draw one subject onto uint8 [h, w, 3] in place; returns its alpha as float [h, w]-sized ROI info."""
        h, w = canvas.shape[:2]
        sy = subject.size * h
        sx = subject.size * h * (w / h) / aspect  # a squashed canvas squashes its subjects alike
        level = min((s for s in self.levels if s >= max(sx, sy)), default=max(self.levels))
        sprite = self.levels[level][subject.sprite]
        a = np.deg2rad(subject.angle)
        cos, sin = np.cos(a), np.sin(a)
        kx, ky = sx / level, sy / level
        m = np.array([[kx * cos, -kx * sin], [ky * sin, ky * cos]])
        if subject.flip:
            m[:, 0] *= -1
        half = np.abs(m).sum(1) * level / 2 + 1
        cx, cy = subject.x * w, subject.y * h
        x0, x1 = max(0, int(cx - half[0])), min(w, int(cx + half[0]) + 1)
        y0, y1 = max(0, int(cy - half[1])), min(h, int(cy + half[1]) + 1)
        if x1 <= x0 or y1 <= y0:
            return np.zeros((h, w), bool)
        offset = np.array([cx - x0, cy - y0]) - m @ np.array([level / 2, level / 2])
        patch = cv2.warpAffine(sprite, np.column_stack([m, offset]), (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR).astype(np.float32)
        alpha = patch[..., 3:] * (1 / 255.0)
        area = canvas[y0:y1, x0:x1]
        rgb = patch[..., :3] * np.asarray(subject.gain, np.float32)
        canvas[y0:y1, x0:x1] = np.clip(area * (1 - alpha) + rgb, 0, 255)
        covered = np.zeros((h, w), bool)
        covered[y0:y1, x0:x1] = alpha[..., 0] > 0.3
        return covered

    def paint(self, comp: Composition, background: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Subjects onto a copy of the background; returns the picture and who covers each pixel (−1: nobody)."""
        canvas = background.copy()
        owner = np.full(canvas.shape[:2], -1, np.int16)
        for subject in comp.subjects:
            owner[self.paste(canvas, subject, comp.aspect)] = subject.concept
        return canvas, owner


class Backgrounds:
    """A bank of painted scenes, cropped, mirrored and tinted anew at each use."""

    def __init__(self, rng: np.random.Generator, each: int, side: int = 160):
        self.side = side
        self.bank: dict[tuple[str, str], list[np.ndarray]] = {}
        for place in PLACES:
            for time in TIMES if place in OUTDOOR else ("day",):
                n = each * (4 if place == "plain" else 1)
                self.bank[place, time] = [draw_scene(place, time, side, side, rng)[0] for _ in range(n)]

    def take(self, rng: np.random.Generator, place: str, time: str, width: int, height: int) -> np.ndarray:
        """RGB uint8 [height, width, 3]."""
        options = self.bank[place, time]
        image = options[rng.integers(len(options))]
        crop = int(self.side * rng.uniform(0.78, 1.0))
        x, y = rng.integers(0, self.side - crop + 1), rng.integers(0, self.side - crop + 1)
        image = image[y : y + crop, x : x + crop]
        if rng.random() < 0.5:
            image = image[:, ::-1]
        interpolation = cv2.INTER_AREA if crop > width else cv2.INTER_CUBIC
        image = cv2.resize(np.ascontiguousarray(image), (width, height), interpolation=interpolation)
        return cv2.convertScaleAbs(image, alpha=rng.uniform(0.88, 1.12), beta=rng.uniform(-10, 10))


def squash(image: np.ndarray, side: int) -> np.ndarray:
    """What the engine does to a photo: Pillow bicubic to side × side, shape not kept."""
    if image.shape[:2] == (side, side):
        return image
    return np.asarray(Image.fromarray(image).resize((side, side), Image.BICUBIC))


def through_jpeg(image: np.ndarray, quality: int) -> np.ndarray:
    """The picture after a JPEG encoder, as the gallery's files are."""
    _, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


def training_picture(
    comp: Composition, renderer: Renderer, backgrounds: Backgrounds, rng: np.random.Generator, side: int, grid: int,
    detour: float = 0.3,
) -> tuple[np.ndarray, np.ndarray]:
    """A composition as the model will see it.

    Mostly painted directly at side × side; for a share `detour` painted larger, sent through a JPEG
    and squashed, which is the way of a real file. Returns uint8 [side, side, 3] and, for each of
    grid × grid patches, the concept that covers at least 30 % of it (−1: none).
    """
    if rng.random() < detour:
        height = int(rng.integers(140, 320))
        width = int(height * comp.aspect)
        image, owner = renderer.paint(comp, backgrounds.take(rng, comp.place, comp.time, width, height))
        image = squash(through_jpeg(image, int(rng.integers(55, 95))), side)
        owner = cv2.resize(owner, (side, side), interpolation=cv2.INTER_NEAREST)
    else:
        image, owner = renderer.paint(comp, backgrounds.take(rng, comp.place, comp.time, side, side))
    cell = side // grid
    labels = np.full((grid, grid), -1, np.int16)
    best = np.full((grid, grid), 0.3)
    for concept in {s.concept for s in comp.subjects}:
        share = (owner == concept).reshape(grid, cell, grid, cell).mean((1, 3))
        labels[share > best] = concept
        best = np.maximum(best, share)
    return image, labels
