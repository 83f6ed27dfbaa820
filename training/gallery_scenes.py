"""The gallery's pictures, arranged by hand: what stands where, and what its metadata says.

A subject is (concept, x, y of its foot, height); x and y are fractions of the canvas, the height is
a fraction of the canvas height. Most subjects stand on the ground, a few float (y above it).
Metadata is sparse on purpose, as in real collections: half of the pictures carry no words at all,
so that only pixels can find them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scene:
    file: str
    place: str
    time: str
    subjects: tuple[tuple, ...]
    seed: int = 0
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    taken_at: str = ""
    where: tuple[float, float] | None = None
    faces: bool = False  #: name the people as MWG face regions too
    upload_query: str = ""
    portrait: bool = False
    extra: dict = field(default_factory=dict)


SCENES: tuple[Scene, ...] = (
    # Christmas, some of it without the word.
    Scene("0101-under-the-tree.jpg", "room", "day", (("christmas tree", 0.36, 0.95, 0.74), ("gift", 0.66, 0.96, 0.32), ("gift", 0.84, 0.93, 0.26)), title="Under the tree", taken_at="2024-12-24T18:40:00", where=(52.5200, 13.4050)),
    Scene("0102-visitor.jpg", "snow", "night", (("santa", 0.36, 0.94, 0.56), ("deer", 0.72, 0.95, 0.48)), seed=3, taken_at="2023-12-24T21:05:00"),
    Scene("0103-christmas-morning.jpg", "room", "day", (("girl", 0.3, 0.93, 0.42), ("christmas tree", 0.62, 0.94, 0.7), ("gift", 0.86, 0.96, 0.28)), seed=5, title="Christmas morning", description="Nobody slept long.", tags=("christmas", "family"), taken_at="2024-12-25T08:12:00"),
    Scene("0104-white-garden.jpg", "snow", "day", (("snowman", 0.32, 0.93, 0.54), ("christmas tree", 0.7, 0.93, 0.62)), seed=2, taken_at="2022-12-26T11:30:00"),
    Scene("0105-parcels.jpg", "snow", "night", (("gift", 0.22, 0.94, 0.34), ("santa", 0.5, 0.95, 0.54), ("christmas tree", 0.8, 0.94, 0.58)), seed=8),
    # Beach sunsets with people, mostly without a word.
    Scene("0201-evening-walk.jpg", "beach", "sunset", (("couple", 0.48, 0.93, 0.5),), seed=1, taken_at="2024-08-02T20:51:00", where=(43.4832, -1.5586)),
    Scene("0202-four-of-us.jpg", "beach", "sunset", (("man", 0.2, 0.94, 0.44), ("woman", 0.42, 0.94, 0.42), ("girl", 0.62, 0.94, 0.34), ("boy", 0.8, 0.94, 0.34)), seed=2, title="The four of us"),
    Scene("0203-last-light.jpg", "beach", "sunset", (("woman", 0.34, 0.93, 0.46), ("man", 0.66, 0.94, 0.48)), seed=4),
    Scene("0204-img-4471.jpg", "beach", "sunset", (("runner", 0.3, 0.93, 0.44), ("person", 0.7, 0.93, 0.46)), seed=6),
    Scene("0205-evening-swell.jpg", "beach", "sunset", (("surfer", 0.33, 0.86, 0.44), ("woman", 0.7, 0.94, 0.46)), seed=7, title="Evening swell", tags=("surf",), taken_at="2023-07-19T21:02:00", where=(36.0143, -5.6044)),
    # Beaches that are not that.
    Scene("0206-palm.jpg", "beach", "sunset", (("palm tree", 0.3, 0.92, 0.68), ("sailing boat", 0.74, 0.62, 0.3)), seed=9),
    Scene("0207-shade.jpg", "beach", "day", (("beach umbrella", 0.4, 0.92, 0.56), ("crab", 0.76, 0.93, 0.26)), seed=3, title="Shade at last", tags=("holiday",), taken_at="2024-07-30T13:15:00"),
    Scene("0208-campfire.jpg", "beach", "night", (("fire", 0.36, 0.92, 0.4), ("tent", 0.7, 0.92, 0.44)), seed=4),
    # Pat, Jack and cars.
    Scene("0301-sunday-drive.jpg", "street", "day", (("man", 0.13, 0.92, 0.44), ("woman", 0.87, 0.92, 0.44), ("car", 0.5, 0.95, 0.66)), seed=4, title="Sunday drive", description="Out of town for lunch.", people=("Pat", "Jack"), taken_at="2024-05-12T11:20:00", where=(45.4642, 9.1900), faces=True),
    Scene("0302-pat-sunflowers.jpg", "meadow", "day", (("woman", 0.34, 0.93, 0.5), ("sunflower", 0.7, 0.95, 0.56)), seed=2, title="Taller than Pat", people=("Pat",), taken_at="2024-08-18T15:00:00"),
    Scene("0303-jack-fishing.jpg", "lake", "day", (("man", 0.34, 0.95, 0.52), ("fishing rod", 0.58, 0.84, 0.36), ("fish", 0.8, 0.88, 0.28)), seed=3, title="Patience", people=("Jack",), tags=("fishing",), taken_at="2023-06-03T09:45:00"),
    Scene("0304-picnic.jpg", "meadow", "day", (("man", 0.2, 0.92, 0.46), ("woman", 0.8, 0.92, 0.46), ("pizza", 0.5, 0.95, 0.34)), seed=7, title="Picnic", description="Pat brought the pizza, Jack the appetite.", people=("Pat", "Jack"), taken_at="2024-06-22T13:30:00", faces=True),
    Scene("0305-jack-guitar.jpg", "stage", "day", (("man", 0.34, 0.93, 0.54), ("guitar", 0.66, 0.92, 0.54)), seed=2, title="Open stage", people=("Jack",), tags=("music",)),
    Scene("0306-pat-dog.jpg", "forest", "day", (("woman", 0.34, 0.94, 0.5), ("dog", 0.68, 0.95, 0.4)), seed=5, people=("Pat",), taken_at="2024-10-06T10:10:00"),
    Scene("0311-mountain-road.jpg", "mountains", "day", (("car", 0.5, 0.92, 0.56),), seed=3),
    Scene("0312-night-shift.jpg", "city", "night", (("taxi", 0.46, 0.94, 0.54),), seed=2, title="Night shift"),
    Scene("0313-finish.jpg", "street", "day", (("racing car", 0.4, 0.93, 0.46), ("trophy", 0.78, 0.9, 0.42)), seed=6),
    Scene("0314-dunes.jpg", "desert", "day", (("off-road car", 0.38, 0.92, 0.5), ("camel", 0.76, 0.92, 0.46)), seed=2, title="Two ways across", taken_at="2019-11-02T16:20:00", where=(31.0790, -4.0133)),
    # Animals.
    Scene("0401-elephants.jpg", "desert", "sunset", (("elephant", 0.36, 0.93, 0.56), ("giraffe", 0.74, 0.93, 0.66)), seed=5),
    Scene("0402-owl.jpg", "forest", "night", (("owl", 0.5, 0.9, 0.56),), seed=3),
    Scene("0403-polar.jpg", "snow", "day", (("polar bear", 0.5, 0.92, 0.58),), seed=6, title="Ice bear"),
    Scene("0404-reef.jpg", "underwater", "day", (("octopus", 0.28, 0.88, 0.4), ("turtle", 0.66, 0.62, 0.38), ("fish", 0.8, 0.92, 0.28)), seed=2),
    Scene("0405-farmyard.jpg", "farm", "day", (("cow", 0.3, 0.93, 0.44), ("pig", 0.58, 0.95, 0.36), ("rooster", 0.82, 0.93, 0.34)), seed=4, title="The neighbours", tags=("farm", "animals")),
    Scene("0406-cat-sofa.jpg", "room", "day", (("sofa", 0.4, 0.94, 0.5), ("cat", 0.76, 0.95, 0.4)), seed=9),
    Scene("0407-fox.jpg", "forest", "sunset", (("fox", 0.46, 0.93, 0.46), ("mushroom", 0.78, 0.95, 0.28)), seed=4),
    Scene("0408-flamingo.jpg", "lake", "sunset", (("flamingo", 0.36, 0.95, 0.56), ("swan", 0.72, 0.76, 0.36)), seed=6, title="Pink company"),
    Scene("0409-butterfly.jpg", "meadow", "day", (("butterfly", 0.64, 0.56, 0.38), ("tulip", 0.32, 0.95, 0.5)), seed=5),
    Scene("0410-horse.jpg", "meadow", "sunset", (("horse", 0.5, 0.93, 0.58),), seed=8),
    # Food and home.
    Scene("0501-breakfast.jpg", "kitchen", "day", (("coffee", 0.26, 0.9, 0.42), ("croissant", 0.54, 0.92, 0.34), ("orange", 0.8, 0.9, 0.32)), seed=2, title="Slow start", tags=("breakfast",)),
    Scene("0502-birthday.jpg", "room", "day", (("birthday cake", 0.46, 0.94, 0.52), ("balloon", 0.78, 0.62, 0.44)), seed=3, title="Five!", description="Five candles, one breath.", taken_at="2024-03-09T15:30:00"),
    Scene("0503-fruit.jpg", "kitchen", "day", (("banana", 0.26, 0.92, 0.38), ("strawberry", 0.52, 0.92, 0.36), ("pineapple", 0.78, 0.92, 0.5)), seed=6),
    Scene("0504-burger.jpg", "street", "night", (("hamburger", 0.36, 0.9, 0.46), ("fries", 0.7, 0.9, 0.44)), seed=3),
    Scene("0505-ice-cream.jpg", "beach", "day", (("ice cream", 0.36, 0.94, 0.6), ("sunglasses", 0.7, 0.86, 0.38)), seed=8),
    # Elsewhere.
    Scene("0601-skiing.jpg", "snow", "day", (("skier", 0.5, 0.92, 0.56),), seed=9, tags=("winter",), taken_at="2022-02-13T10:00:00", where=(46.0207, 7.7491)),
    Scene("0602-castle.jpg", "mountains", "sunset", (("castle", 0.5, 0.92, 0.6),), seed=5, title="On the hill"),
    Scene("0603-steam.jpg", "meadow", "day", (("steam train", 0.48, 0.93, 0.54),), seed=9),
    Scene("0604-regatta.jpg", "sea", "day", (("sailing boat", 0.3, 0.84, 0.5), ("sailing boat", 0.68, 0.72, 0.38)), seed=2, title="Regatta"),
    Scene("0605-fireworks.jpg", "city", "night", (("fireworks", 0.32, 0.56, 0.5), ("fireworks", 0.72, 0.48, 0.42)), seed=5),
    Scene("0606-camping.jpg", "forest", "night", (("tent", 0.38, 0.93, 0.48), ("fire", 0.74, 0.94, 0.36)), seed=6, title="Second night"),
    Scene("0607-cyclist.jpg", "street", "day", (("cyclist", 0.5, 0.94, 0.56),), seed=8),
    Scene("0608-football.jpg", "meadow", "day", (("boy", 0.34, 0.93, 0.44), ("football", 0.66, 0.94, 0.34)), seed=6, tags=("sport",)),
    Scene("0609-rainbow.jpg", "farm", "day", (("rainbow", 0.5, 0.6, 0.5), ("tractor", 0.5, 0.94, 0.42)), seed=7),
    Scene("0701-lift-off.jpg", "space", "day", (("rocket", 0.34, 0.84, 0.6), ("astronaut", 0.72, 0.86, 0.52)), seed=4, upload_query="an astronaut and a rocket in space"),
)

#: The demo's three queries and the files each must bring up.
QUERIES = (
    ("Christmas", [f"010{i}" for i in range(1, 6)]),
    ("beach sunset with people", [f"020{i}" for i in range(1, 6)]),
    ("Pat, Jack, and an automobile", ["0301"]),
)
