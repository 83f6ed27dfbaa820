"""Paint `demo/gallery/`: JPEGs with metadata inside, `gallery.json`, `queries.json`.

    python gallery.py            # paint
    python gallery.py --check    # and say how the shipped model ranks it, by pixels alone
"""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path
from xml.sax.saxutils import escape

import cv2
import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from compose import Composition, Renderer, Subject
from concepts import load_concepts
from gallery_scenes import QUERIES, SCENES, Scene
from scenes import draw_scene
from sprites import load_sprites, sprite_names

GALLERY = Path(__file__).parent.parent / "demo" / "gallery"
SEED = 4242
WIDTH, HEIGHT = 640, 480
MAX_BYTES = 25_000


def _shadow(canvas: np.ndarray, x: float, y: float, width: float) -> None:
    """A soft dark ellipse at a subject's foot, in place: it makes things stand instead of float."""
    h, w = canvas.shape[:2]
    mask = np.zeros((h, w), np.float32)
    cv2.ellipse(mask, (int(x * w), int(y * h)), (max(1, int(width * h * 0.42)), max(1, int(width * h * 0.06))), 0, 0, 360, 0.3, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), h * 0.012)[..., None]
    canvas[:] = (canvas * (1 - mask)).astype(np.uint8)


#: In the gallery these are drawn whole, not as a head alone.
_WHOLE = {
    "man": ("man-standing", "man-walking"), "woman": ("woman-standing", "woman-walking"), "person": ("person-standing", "person-walking"),
    "dog": ("dog", "guide-dog"), "cat": ("cat",), "horse": ("horse",), "cow": ("cow",), "pig": ("pig",), "polar bear": ("polar-bear",),
}


def _choices(concept: str, rows: list[int], names: list[str]) -> list[int]:
    """The concept's sprites that suit the gallery."""
    wanted = _WHOLE.get(concept, ())
    return [r for r in rows if names[r] in wanted or names[r].split("/")[1] in wanted] or rows


def paint(scene: Scene, renderer: Renderer, rows: list[list[int]], keys: list[str], names: list[str]) -> np.ndarray:
    """One gallery picture, RGB uint8 [480, 640, 3]."""
    rng = np.random.default_rng([SEED, int(scene.file[:4]), scene.seed])
    canvas, _ = draw_scene(scene.place, scene.time, WIDTH, HEIGHT, rng)
    comp = Composition(scene.place, scene.time, WIDTH / HEIGHT)
    grounded = scene.place not in ("sea", "underwater", "space")
    dim = {"night": 0.9, "sunset": 0.97}.get(scene.time, 1.0)
    for name, x, foot, size in scene.subjects:
        concept = keys.index(name)
        sprite = int(rng.choice(_choices(name, rows[concept], names)))
        if grounded and foot > 0.8:
            _shadow(canvas, x, foot - 0.01, size)
        comp.subjects.append(Subject(concept, sprite, x, foot - size / 2, size, float(rng.normal(0, 1.5)), bool(rng.random() < 0.3), (dim,) * 3))
    return renderer.paint(comp, canvas)[0]


def _bag(tag: str, values, kind: str = "Bag") -> str:
    items = "".join(f"<rdf:li>{escape(v)}</rdf:li>" for v in values)
    return f"<{tag}><rdf:{kind}>{items}</rdf:{kind}></{tag}>" if items else ""


def _alt(tag: str, value: str) -> str:
    return f'<{tag}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{tag}>' if value else ""


def _regions(scene: Scene) -> str:
    """Face regions as the Metadata Working Group defines them, around the heads of the two people."""
    if not scene.faces:
        return ""
    who = [s for s in scene.subjects if s[0] in ("man", "woman", "boy", "girl")]
    names = dict(zip(("woman", "man"), scene.people))
    items = ""
    for name, x, foot, size in who:
        y, side = foot - size * 0.86, size * 0.3
        items += (
            '<rdf:li rdf:parseType="Resource">'
            f"<mwg-rs:Name>{escape(names[name])}</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type>"
            f'<mwg-rs:Area stArea:x="{x:.3f}" stArea:y="{y:.3f}" stArea:w="{side * HEIGHT / WIDTH:.3f}" stArea:h="{side:.3f}" stArea:unit="normalized"/>'
            "</rdf:li>"
        )
    return (
        '<mwg-rs:Regions rdf:parseType="Resource">'
        f'<mwg-rs:AppliedToDimensions stDim:w="{WIDTH}" stDim:h="{HEIGHT}" stDim:unit="pixel"/>'
        f"<mwg-rs:RegionList><rdf:Bag>{items}</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
    )


def xmp(scene: Scene) -> bytes | None:
    """The XMP packet with what the scene says of itself; None when it says nothing."""
    body = (
        _alt("dc:title", scene.title) + _alt("dc:description", scene.description) + _bag("dc:subject", scene.tags)
        + _bag("Iptc4xmpExt:PersonInImage", scene.people) + _regions(scene)
    )
    if not body:
        return None
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"'
        ' xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#">'
        f"{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    ).encode()


def _dms(value: float) -> tuple[IFDRational, ...]:
    value = abs(value)
    minutes = (value % 1) * 60
    return IFDRational(int(value)), IFDRational(int(minutes)), IFDRational(round((minutes % 1) * 6000), 100)


def exif(scene: Scene) -> bytes | None:
    """DateTimeOriginal and GPS; None when the scene has neither."""
    if not scene.taken_at and not scene.where:
        return None
    tags = Image.Exif()
    if scene.taken_at:
        tags.get_ifd(0x8769)[0x9003] = scene.taken_at.replace("-", ":").replace("T", " ")
    if scene.where:
        lat, lon = scene.where
        gps = tags.get_ifd(0x8825)
        gps.update({1: "N" if lat >= 0 else "S", 2: _dms(lat), 3: "E" if lon >= 0 else "W", 4: _dms(lon)})
    return tags.tobytes()


def jpeg(image: np.ndarray, scene: Scene) -> bytes:
    """At the best quality that stays within MAX_BYTES."""
    data = b""
    for quality in range(86, 40, -4):
        buffer = io.BytesIO()
        extra = {k: v for k, v in (("xmp", xmp(scene)), ("exif", exif(scene))) if v}
        Image.fromarray(image).save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, **extra)
        data = buffer.getvalue()
        if len(data) <= MAX_BYTES:
            break
    return data


def entry(scene: Scene) -> dict:
    """The picture's line in gallery.json."""
    lat, lon = scene.where or (None, None)
    found = dict(
        file=scene.file, title=scene.title or None, description=scene.description or None, tags=list(scene.tags),
        people=list(scene.people), taken_at=scene.taken_at or None, lat=lat, lon=lon,
    )
    if scene.upload_query:
        found.update(upload=True, uploadQuery=scene.upload_query)
    return found


def files_of(prefixes: list[str]) -> list[str]:
    return [s.file for p in prefixes for s in SCENES if s.file.startswith(p)]


def write_gallery(folder: Path = GALLERY) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.jpg"):
        old.unlink()
    sprites, rows = load_sprites()
    keys = [c.key for c in load_concepts()]
    wanted = {name for scene in SCENES for name, *_ in scene.subjects}
    assert wanted <= set(keys), wanted - set(keys)
    renderer, names = Renderer(sprites, sizes=(256,)), sprite_names()
    for scene in SCENES:
        (folder / scene.file).write_bytes(jpeg(paint(scene, renderer, rows, keys, names), scene))
    (folder / "gallery.json").write_text(json.dumps([entry(s) for s in SCENES], indent="\t", ensure_ascii=False) + "\n")
    queries = [dict(query=q, expected=files_of(p), top=len(p)) for q, p in QUERIES]
    (folder / "queries.json").write_text(json.dumps(queries, indent="\t") + "\n")


def check(folder: Path = GALLERY) -> dict[str, list[tuple[str, float]]]:
    """How the shipped model ranks the gallery by pixels alone, for the demo's queries and the upload's."""
    from evaluate import Engine

    engine = Engine()
    files = [s.file for s in SCENES]
    images = engine.embed_images([Image.open(folder / f) for f in files])
    found = {}
    for query in [q for q, _ in QUERIES] + [s.upload_query for s in SCENES if s.upload_query]:
        scores = engine.embed_texts([query])[0] @ images.T
        found[query] = [(files[i], round(float(scores[i]), 3)) for i in np.argsort(-scores)[:12]]
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    if not args.check:
        write_gallery()
    else:
        for query, ranked in check().items():
            print(query, *(f"   {score:.3f} {file}" for file, score in ranked), sep="\n")
