"""The concepts: what the demo model can name.

One line per concept: `icon [icon …] | name, synonym, …`. The first name is the canonical one and
the concept's key; the icons are file names that exist in all three pictogram sets, so that each
concept is drawn in at least three styles. A group's words are umbrella words: they are true of
every concept in the group, and captions use them now and then ("a fruit", "two animals").
"""

from __future__ import annotations

from dataclasses import dataclass

#: Sets on npm that share icon names: (package, version, licence).
PACKS = (
    ("@iconify-json/noto", "1.2.9", "Apache-2.0"),
    ("@iconify-json/fluent-emoji-flat", "1.2.6", "MIT"),
    ("@iconify-json/twemoji", "1.2.5", "CC-BY-4.0"),
)

_GROUPS: tuple[tuple[str, str], ...] = (
    ("person, people, human", """
man man-standing man-walking man-beard | man, gentleman, guy
woman woman-standing woman-walking | woman, lady
boy | boy
girl | girl
baby | baby, infant, toddler
old-man | old man, grandfather, grandpa
old-woman | old woman, grandmother, grandma
person person-standing person-walking | person, pedestrian
people-holding-hands | couple, two people
man-running woman-running person-running | runner, jogger
man-dancing woman-dancing | dancer
man-surfing woman-surfing person-surfing | surfer
man-swimming woman-swimming person-swimming | swimmer
man-biking woman-biking person-biking | cyclist, biker
snowboarder | snowboarder
skier | skier
man-golfing woman-golfing | golfer
man-in-lotus-position woman-in-lotus-position | yoga, meditation
man-police-officer woman-police-officer | police officer, policeman
man-firefighter woman-firefighter | firefighter, fireman
man-cook woman-cook | cook, chef
man-farmer woman-farmer | farmer
man-astronaut woman-astronaut | astronaut, spaceman
man-health-worker woman-health-worker | doctor, nurse
man-construction-worker woman-construction-worker | construction worker, builder
man-superhero woman-superhero | superhero
prince princess | prince, princess, royalty
"""),
    ("christmas, xmas", """
santa-claus | santa, santa claus, father christmas
mrs-claus | mrs claus, mother christmas
christmas-tree | christmas tree, xmas tree, decorated tree
wrapped-gift | gift, present, wrapped gift
snowman snowman-without-snow | snowman
"""),
    ("animal, pet", """
dog dog-face guide-dog | dog, puppy
cat cat-face | cat, kitten
rabbit rabbit-face | rabbit, bunny
parrot | parrot
"""),
    ("animal, farm animal", """
horse horse-face | horse, pony
cow cow-face | cow, cattle
pig pig-face | pig
ewe | sheep
goat | goat
rooster | rooster, cockerel
duck | duck
"""),
    ("animal, wild animal", """
fox | fox
wolf | wolf
bear | bear
polar-bear | polar bear
panda | panda
koala | koala
tiger tiger-face | tiger
lion | lion
elephant | elephant
giraffe | giraffe
zebra | zebra
rhinoceros | rhinoceros, rhino
monkey monkey-face | monkey
kangaroo | kangaroo
camel two-hump-camel | camel
deer | deer, reindeer, stag
hedgehog | hedgehog
raccoon | raccoon
frog | frog
turtle | turtle, tortoise
snake | snake
crocodile | crocodile, alligator
mouse mouse-face | mouse
"""),
    ("animal, bird", """
eagle | eagle
owl | owl
penguin | penguin
flamingo | flamingo
peacock | peacock
swan | swan
dove | dove, pigeon
bird | bird
baby-chick front-facing-baby-chick hatching-chick | chick
"""),
    ("animal, sea animal", """
whale spouting-whale | whale
dolphin | dolphin
shark | shark
octopus | octopus
crab | crab
lobster | lobster
fish | fish
tropical-fish | tropical fish
"""),
    ("animal, insect, bug", """
butterfly | butterfly
honeybee | bee
lady-beetle | ladybird, ladybug
spider | spider
snail | snail
caterpillar bug | caterpillar
"""),
    ("creature, fantasy", """
dragon dragon-face | dragon
unicorn | unicorn
t-rex sauropod | dinosaur
robot | robot
ghost | ghost
alien | alien
"""),
    ("vehicle, road vehicle", """
automobile oncoming-automobile | car, automobile, motorcar
sport-utility-vehicle | off-road car, suv, jeep
taxi oncoming-taxi | taxi, cab
police-car oncoming-police-car | police car
racing-car | racing car, race car
bus oncoming-bus | bus
ambulance | ambulance
fire-engine | fire engine, fire truck
delivery-truck | truck, lorry, van
pickup-truck | pickup truck
tractor | tractor
motorcycle | motorcycle, motorbike
motor-scooter | scooter, moped
bicycle | bicycle, bike
"""),
    ("vehicle, train", """
locomotive | steam train, steam locomotive
high-speed-train bullet-train | fast train, bullet train
tram tram-car | tram, streetcar
"""),
    ("vehicle, aircraft", """
airplane small-airplane | airplane, plane, aeroplane
helicopter | helicopter
rocket | rocket, spaceship
flying-saucer | ufo, flying saucer
parachute | parachute
"""),
    ("vehicle, boat", """
sailboat | sailing boat, sailboat, yacht
speedboat motor-boat | speedboat, motorboat
ship passenger-ship | ship, cruise ship
canoe | canoe, kayak
"""),
    ("plant, tree", """
deciduous-tree | tree, leafy tree
evergreen-tree | fir tree, pine tree, evergreen
palm-tree | palm tree, palm
"""),
    ("plant, flower", """
rose | rose
tulip | tulip
sunflower | sunflower
cherry-blossom | cherry blossom
hibiscus | hibiscus
bouquet | bouquet, bunch of flowers
"""),
    ("plant", """
cactus | cactus
potted-plant | potted plant, houseplant
seedling | seedling, sprout
four-leaf-clover | clover, four-leaf clover
maple-leaf | maple leaf, autumn leaf
mushroom | mushroom, toadstool
"""),
    ("food, fruit", """
red-apple | apple, red apple
green-apple | green apple
pear | pear
tangerine | orange, tangerine
lemon | lemon
banana | banana
watermelon | watermelon
grapes | grapes
strawberry | strawberry
cherries | cherries, cherry
peach | peach
pineapple | pineapple
avocado | avocado
"""),
    ("food, vegetable", """
tomato | tomato
eggplant | aubergine, eggplant
carrot | carrot
ear-of-corn | corn, maize
hot-pepper | chili, hot pepper
broccoli | broccoli
onion | onion
"""),
    ("food, meal", """
bread | bread, loaf
croissant | croissant
pretzel | pretzel
cheese-wedge | cheese
hamburger | hamburger, burger
french-fries | fries, chips
pizza | pizza
hot-dog | hot dog
egg | egg, eggs
cooking | fried egg, frying pan
green-salad | salad
popcorn | popcorn
spaghetti | spaghetti, pasta
sushi | sushi
meat-on-bone | meat
"""),
    ("food, sweet, dessert", """
soft-ice-cream ice-cream | ice cream
doughnut | doughnut, donut
cookie | cookie, biscuit
birthday-cake | birthday cake, cake
pie | pie
chocolate-bar | chocolate
candy | candy, sweet
lollipop | lollipop
honey-pot | honey
"""),
    ("drink", """
hot-beverage | coffee, cup of tea, hot drink
teapot | teapot
glass-of-milk | milk
beer-mug | beer
wine-glass | wine, glass of wine
cocktail-glass | cocktail
tropical-drink | tropical drink
bottle-with-popping-cork | champagne, bottle
"""),
    ("sport, ball", """
soccer-ball | football, soccer ball
basketball | basketball
baseball | baseball
tennis | tennis
volleyball | volleyball
rugby-football american-football | rugby ball
bowling | bowling
"""),
    ("sport", """
boxing-glove | boxing glove
skateboard | skateboard
sled | sled, sledge
ice-skate | ice skate
skis | skis
bullseye | target, dartboard
trophy | trophy, cup
fishing-pole | fishing rod
"""),
    ("music, musical instrument", """
guitar | guitar
violin | violin
trumpet | trumpet
saxophone | saxophone
drum | drum
musical-keyboard | piano, keyboard
"""),
    ("clothes, clothing", """
t-shirt | shirt, t-shirt
jeans | jeans, trousers
dress | dress
coat | coat, jacket
scarf | scarf
bikini | bikini, swimsuit
top-hat | hat, top hat
billed-cap | cap, baseball cap
womans-hat | straw hat, sun hat
running-shoe | running shoe, sneaker, trainer
hiking-boot | hiking boot, boot
sunglasses | sunglasses
crown | crown
ring | ring, diamond ring
"""),
    ("building", """
house house-with-garden | house, home
houses | houses, village
office-building | office building, skyscraper, tower block
school | school
hospital | hospital
church | church
castle | castle
mosque | mosque
factory | factory
stadium | stadium
tent | tent
hut | hut
circus-tent | circus, circus tent
statue-of-liberty | statue of liberty, statue
tokyo-tower | radio tower, tower
ferris-wheel | ferris wheel, big wheel
roller-coaster | roller coaster
carousel-horse | carousel, merry-go-round
fountain | fountain
playground-slide | slide, playground
"""),
    ("furniture", """
couch-and-lamp | sofa, couch
chair | chair
bed | bed
toilet | toilet
door | door
window | window
framed-picture | picture, painting
mirror | mirror
"""),
    ("device, electronics", """
television | television, tv
laptop | laptop, computer
mobile-phone | phone, mobile phone, smartphone
camera camera-with-flash | camera
radio | radio
telephone | telephone, old telephone
light-bulb | light bulb
video-game | game controller, gamepad
headphone | headphones
microphone studio-microphone | microphone
watch | watch, wristwatch
alarm-clock | alarm clock, clock
"""),
    ("tool", """
hammer | hammer
axe | axe
wrench | wrench, spanner
scissors | scissors
ladder | ladder
bucket | bucket
magnifying-glass-tilted-left magnifying-glass-tilted-right | magnifying glass
microscope | microscope
telescope | telescope
"""),
    ("thing, object", """
open-book | open book, book
books | books, pile of books
newspaper | newspaper
pencil | pencil
crayon | crayon
artist-palette | palette, paint
backpack | backpack, rucksack
luggage | suitcase, luggage
briefcase | briefcase
handbag clutch-bag | handbag, purse
shopping-cart | shopping cart, trolley
basket | basket
key old-key | key
locked | padlock, lock
umbrella umbrella-with-rain-drops closed-umbrella | umbrella
beach-with-umbrella umbrella-on-ground | beach umbrella, parasol
balloon | balloon, balloons
party-popper | party popper, confetti
teddy-bear | teddy bear, teddy
kite | kite
game-die | dice, die
crystal-ball | crystal ball
gem-stone | gem, diamond, jewel
money-bag | money, bag of money
coin | coin
candle | candle
fire | fire, campfire, bonfire
jack-o-lantern | pumpkin, halloween, jack-o-lantern
bell | bell
anchor | anchor
compass | compass
world-map | map, world map
globe-showing-europe-africa globe-showing-americas | globe, earth
envelope | letter, envelope
traffic-light vertical-traffic-light horizontal-traffic-light | traffic light
bomb | bomb
shield | shield
spiral-shell | shell, seashell
"""),
    ("sky, weather", """
rainbow | rainbow
cloud-with-rain | rain cloud
high-voltage | lightning, thunder
crescent-moon | crescent moon
star glowing-star | star
snowflake | snowflake
fireworks sparkler | fireworks
tornado | tornado
volcano | volcano
ringed-planet | planet, saturn
"""),
)

#: Words that are true of the concept beside its group's words.
_ALSO = {
    "santa": ("person", "man"), "mrs claus": ("person", "woman"),
    "christmas tree": ("tree", "fir tree", "plant"), "snowman": ("winter",),
    "boy": ("child", "kid"), "girl": ("child", "kid"), "baby": ("child", "kid"),
    "old man": ("man",), "old woman": ("woman",),
    "sled": ("winter",), "skis": ("winter",), "ice skate": ("winter",),
    "skier": ("winter", "sport"), "snowboarder": ("winter", "sport"), "snowflake": ("winter",),
    "surfer": ("sport",), "golfer": ("sport",), "runner": ("sport",), "cyclist": ("bicycle", "sport"),
    "taxi": ("car", "automobile"), "police car": ("car", "automobile"),
    "racing car": ("car", "automobile"), "off-road car": ("car", "automobile"),
    "pickup truck": ("truck",), "fire engine": ("truck",),
    "teddy bear": ("toy",), "kite": ("toy",), "balloon": ("toy", "party"),
    "party popper": ("party",), "birthday cake": ("party", "birthday"), "champagne": ("party",),
    "green apple": ("apple",), "tropical fish": ("fish",),
    "chick": (), "parrot": ("bird",), "duck": ("bird",),
    "rooster": ("bird",), "cap": ("hat",),
    "straw hat": ("hat",), "couple": ("man", "woman"),
    "running shoe": ("shoe",), "hiking boot": ("shoe",),
    "star": ("night sky",), "lightning": ("storm",), "tornado": ("storm",),
    "polar bear": ("bear",), "books": ("book",),
    "alarm clock": (), "ghost": ("halloween",),
    "chili": ("pepper",), "yoga": ("sport",), "swimmer": ("sport",),
}


@dataclass(frozen=True)
class Concept:
    """One nameable subject. `names[0]` is its key; `umbrellas` are broader true words."""

    index: int
    icons: tuple[str, ...]
    names: tuple[str, ...]
    umbrellas: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.names[0]


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in text.split(",") if w.strip())


def load_concepts() -> list[Concept]:
    """All concepts, in file order; the order is part of the recipe (ids, seeds)."""
    found: list[Concept] = []
    for umbrellas, lines in _GROUPS:
        for line in lines.strip().splitlines():
            icons, names = line.split("|")
            key_names = _words(names)
            broader = _words(umbrellas) + _ALSO.get(key_names[0], ())
            found.append(Concept(len(found), tuple(icons.split()), key_names, broader))
    keys = [c.key for c in found]
    assert len(set(keys)) == len(keys), "two concepts share a key"
    return found


#: What the three demo queries need is drawn more often than the rest.
FAVOURED = {
    "santa": 4.0, "christmas tree": 4.0, "gift": 3.0, "snowman": 3.0, "mrs claus": 1.5,
    "car": 4.0, "taxi": 1.5, "off-road car": 2.0, "racing car": 1.5, "tree": 2.0, "palm tree": 2.0,
    "man": 3.0, "woman": 3.0, "boy": 3.0, "girl": 3.0, "person": 3.0, "couple": 3.0, "fir tree": 1.5,
    "beach umbrella": 2.0, "surfer": 1.5, "dog": 1.5, "sailing boat": 1.5, "runner": 1.5, "deer": 1.5,
}
