"""Captions: what one can truly say about a composition, in many wordings.

Each caption comes with the facts it states, so that training knows which other pictures of the
batch it is true of as well ("a car" is true of every picture with a car, not just of its own).
"""

from __future__ import annotations

import numpy as np

from compose import Composition
from concepts import Concept
from scenes import OUTDOOR, PLACES, TIMES

_NUMBERS = {2: ("two", "two", "a pair of", "some", "2"), 3: ("three", "three", "several", "some", "3"), 4: ("four", "several", "some", "many")}
_TIME_WORDS = {
    "day": ("in the daytime", "by day", "on a sunny day", "during the day"),
    "sunset": ("at sunset", "at sunset", "at dusk", "in the evening", "at sundown"),
    "night": ("at night", "by night", "at night", "in the dark", "under the stars"),
}
_CROWD = ("people", "people", "some people", "persons", "a group of people", "several people", "friends", "humans")
_OPENINGS = (
    "a picture of", "a photo of", "an image of", "a drawing of", "picture of", "photo of", "there is", "this is",
    "we see", "you can see", "a scene with", "here is", "an illustration of", "view of", "look at", "a snapshot of",
)
_NAMES = (
    "anna", "tom", "pat", "jack", "mary", "peter", "lisa", "paul", "emma", "max", "julia", "sam", "laura", "ben",
    "nina", "alex", "kate", "john", "maria", "leo", "sarah", "david", "eva", "jim", "lucy", "mark", "clara", "oscar",
)
_CHRISTMAS = (
    "christmas", "christmas", "christmas", "xmas", "merry christmas", "a christmas scene", "christmas time",
    "christmas eve", "a christmas picture", "christmas holidays", "christmas morning",
)
#: Umbrella words that are not counted things: no article, no plural.
_MASS = {
    "christmas", "xmas", "food", "people", "sport", "music", "clothes", "clothing", "furniture", "electronics",
    "weather", "winter", "sky", "halloween", "fantasy", "party", "birthday", "storm", "night sky", "fruit", "royalty",
}
_PLURAL = {
    "man": "men", "woman": "women", "person": "people", "child": "children", "fish": "fish", "sheep": "sheep",
    "deer": "deer", "mouse": "mice", "goose": "geese", "wolf": "wolves", "leaf": "leaves", "old man": "old men",
    "old woman": "old women", "gentleman": "gentlemen", "lady": "ladies", "snowman": "snowmen", "policeman": "policemen",
    "fireman": "firemen", "spaceman": "spacemen", "loaf": "loaves", "couple": "couples", "two people": "couples",
}


class Facts:
    """The fixed numbering of everything a caption can state."""

    def __init__(self, concepts: list[Concept]):
        words: dict[str, int] = {}
        for c in concepts:
            for word in (c.key, *c.umbrellas):
                words.setdefault(word, len(words))
                words.setdefault(f"several {word}", len(words))
        for word in (*PLACES, *TIMES, "tree scene"):
            words.setdefault(f"scene {word}", len(words))
        self.words, self.concepts = words, concepts

    def __len__(self) -> int:
        return len(self.words)

    def of(self, comp: Composition) -> set[int]:
        """All facts that are true of a composition."""
        true, seen = {f"scene {comp.place}", f"scene {comp.time}"}, {}
        if comp.place not in OUTDOOR:
            true.discard("scene day")
        for s in comp.subjects:
            concept = self.concepts[s.concept]
            for word in {concept.key, *concept.umbrellas}:
                true.add(word)
                seen[word] = seen.get(word, 0) + (2 if concept.key == "couple" and "people" in concept.umbrellas and word != "couple" else 1)
        true |= {f"several {w}" for w, n in seen.items() if n > 1}
        return {self.words[w] for w in true}

    def ids(self, stated: set[str]) -> set[int]:
        return {self.words[w] for w in stated}


def plural(name: str) -> str:
    if name in _PLURAL:
        return _PLURAL[name]
    if name.endswith(("s", "x", "ch", "sh")):
        return name if name.endswith("s") and not name.endswith("ss") else name + "es"
    if name.endswith("y") and name[-2] not in "aeiou":
        return name[:-1] + "ies"
    return name + "s"


def _article(name: str) -> str:
    if name in _MASS or plural(name) == name and name not in ("fish", "sheep", "deer"):
        return name
    return ("an " if name[0] in "aeiou" else "a ") + name


class Captioner:
    def __init__(self, concepts: list[Concept], facts: Facts):
        self.concepts, self.facts = concepts, facts

    def _noun(self, rng, concept: int, count: int, umbrella: float, bare: bool, stated: set[str]) -> str:
        c = self.concepts[concept]
        if c.umbrellas and rng.random() < umbrella:
            word = fact = c.umbrellas[rng.integers(len(c.umbrellas))]
        else:
            # The canonical name is used about as often as all the others together.
            word = c.names[0] if rng.random() < 0.5 else c.names[rng.integers(len(c.names))]
            fact = c.key
        stated.add(fact)
        if count > 1:
            stated.add(f"several {fact}")
            if word in _MASS:
                return word
            if bare and rng.random() < 0.5:
                return plural(word)
            return f"{_NUMBERS[count][rng.integers(len(_NUMBERS[count]))]} {plural(word)}"
        if bare and rng.random() < 0.6:
            return word
        if rng.random() < 0.1:
            return "the " + word
        return _article(word)

    def _place(self, rng, comp: Composition, stated: set[str], noun: bool) -> str:
        stated.add(f"scene {comp.place}")
        return str(rng.choice(PLACES[comp.place][0 if noun else 1]))

    def _time(self, rng, comp: Composition, stated: set[str]) -> str:
        stated.add(f"scene {comp.time}")
        return str(rng.choice(_TIME_WORDS[comp.time]))

    def full(self, rng, comp: Composition, scene: float = 0.75, umbrella: float = 0.04) -> tuple[str, set[str]]:
        """All subjects, mostly with place and time."""
        stated: set[str] = set()
        counts: dict[int, int] = {}
        for s in comp.subjects:
            counts[s.concept] = counts.get(s.concept, 0) + 1
        order = [list(counts)[i] for i in rng.permutation(len(counts))]
        bare = rng.random() < 0.25
        nouns = [self._noun(rng, c, counts[c], umbrella, bare, stated) for c in order]
        style = rng.random()
        if len(nouns) == 1:
            text = nouns[0]
        elif style < 0.6:
            text = ", ".join(nouns[:-1]) + " and " + nouns[-1]
        elif style < 0.8:
            text = nouns[0] + " with " + " and ".join(nouns[1:])
        elif style < 0.9:
            text = " ".join(nouns)
        else:
            text = " and ".join(nouns)
        if rng.random() < scene:
            outdoor = comp.place in OUTDOOR
            time = self._time(rng, comp, stated) if outdoor and rng.random() < (0.3 if comp.time == "day" else 0.85) else ""
            u = rng.random()
            if u < 0.72:
                text = f"{text} {self._place(rng, comp, stated, False)} {time}".strip()
            elif u < 0.86:
                text = f"{self._place(rng, comp, stated, False)} {text} {time}".strip()
            else:
                text = f"{self._place(rng, comp, stated, True)} {time} with {text}".replace("  ", " ")
        if rng.random() < 0.12:
            text = f"{rng.choice(_OPENINGS)} {text}"
        return text, stated

    def short(self, rng, comp: Composition, place: float = 0.45) -> tuple[str, set[str]]:
        """A query as people type it: one or two of the things, perhaps (`place`) where."""
        stated: set[str] = set()
        concepts = sorted({s.concept for s in comp.subjects})
        counts = {c: sum(s.concept == c for s in comp.subjects) for c in concepts}
        umbrellas = [w for c in concepts for w in self.concepts[c].umbrellas]
        if "christmas" in umbrellas and rng.random() < 0.6:
            stated.add("christmas")
            text = str(rng.choice(_CHRISTMAS))
            u = rng.random()
            if u < 0.2:
                text += " " + self._place(rng, comp, stated, False)
            elif u < 0.35:
                other = concepts[rng.integers(len(concepts))]
                text += " with " + self._noun(rng, other, counts[other], 0.2, True, stated)
            return text, stated
        people = sum("people" in self.concepts[s.concept].umbrellas for s in comp.subjects)
        place_only = rng.random() < place / 3
        nouns = []
        if people > 1 and rng.random() < 0.7:
            stated |= {"people", "several people"}
            nouns.append(str(rng.choice(_CROWD)))
            place_only = False
        elif not place_only:
            for c in rng.permutation(concepts)[: 1 + int(rng.random() < 0.35)]:
                nouns.append(self._noun(rng, int(c), counts[int(c)], 0.35, True, stated))
        outdoor = comp.place in OUTDOOR
        time = comp.time if outdoor and comp.time != "day" and rng.random() < 0.7 else ""
        if not nouns or rng.random() < place:
            if rng.random() < 0.5 or not nouns:
                # "beach sunset with people"
                where = self._place(rng, comp, stated, True)
                if time:
                    stated.add(f"scene {comp.time}")
                    where = f"{where} {time}" if rng.random() < 0.7 else f"{time} {where}"
                text = where + (" with " + " and ".join(nouns) if nouns else "")
            else:
                text = " and ".join(nouns) + " " + self._place(rng, comp, stated, False)
                if time:
                    text += " " + self._time(rng, comp, stated)
        else:
            text = " and ".join(nouns)
            if time and rng.random() < 0.3:
                text += " " + self._time(rng, comp, stated)
        return text, stated

    def caption(self, rng, comp: Composition, short: float = 0.3, place: float = 0.75) -> tuple[str, set[int]]:
        """A training caption and the ids of the facts it states.

        `short` is the share of short captions, `place` how often a full one says where (a short one: 0.6 times that).
        """
        text, stated = self.short(rng, comp, place * 0.6) if rng.random() < short else self.full(rng, comp, place)
        if rng.random() < 0.03:
            # Names in a query come from metadata, never from pixels: learn to read past them.
            names = " and ".join(rng.choice(_NAMES, size=int(rng.integers(1, 3)), replace=False))
            text = f"{names} and {text}" if rng.random() < 0.5 else f"{text} with {names}"
        return text, self.facts.ids(stated)
