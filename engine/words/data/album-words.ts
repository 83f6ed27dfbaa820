/**
 * What people call the things in their albums, written by hand where a dictionary is too learned.
 * After `=` stands what else the same thing is called, after `>` words for kinds of it, which the
 * wider word finds but not the other way round, after `<` the wider word that captions often say
 * instead.
 */
export const ALBUM_WORDS: string = `
christmas = xmas, x-mas, weihnachten, noel, navidad
christmas eve = heiligabend
easter = ostern
birthday = bday, b-day, geburtstag
new year's eve = nye, silvester, new years eve
new year's day = neujahr
new year > new year's eve, new year's day, nye, silvester
wedding = marriage, nuptials, hochzeit
bride = braut
anniversary = jahrestag
graduation = commencement
holiday = vacation, holidays, urlaub
journey = trip, voyage, reise
party = celebration, fest
party > birthday party, reception, housewarming
halloween = hallowe'en

mother = mom, mum, mommy, mummy, mama, mamma, mutter
father = dad, daddy, papa, vater
parent > mother, father, mom, mum, dad, daddy
parents > mother, father, mom, mum, dad
grandma = grandmother, granny, gran, nana, oma, grossmutter
grandpa = grandfather, granddad, grandad, opa, grossvater
grandparent > grandma, grandpa, grandmother, grandfather, oma, opa
grandparents > grandma, grandpa, grandmother, grandfather, oma, opa
brother = bro, bruder
sister = sis, schwester
sibling > brother, sister
aunt = auntie, tante
uncle = onkel
child = kid, kiddo, youngster, kinder
child > toddler, infant, baby, boy, girl
baby = infant, newborn
baby < child
toddler < child
girl = maedchen, mädchen
boy = junge
woman = lady, frau
man = guy, bloke, mann
people = persons, folks, leute, menschen
people > crowd
friend = buddy, pal, mate, freund, freunde
family = familie
doctor = physician
policeman = police officer, cop
fireman = firefighter
selfie = self-portrait, self portrait
portrait = headshot

dog = doggy, doggie, pooch, hund, hunde
dog > puppy, labrador, husky, dalmatian, chihuahua, bulldog, rottweiler, labradoodle, german shepherd, border collie, pomeranian, dobermann, doberman, great dane
puppy = pup, welpe
puppy < dog
hound < dog
dog > hound
pup < dog
cat = kitty, pussycat, katze, katzen
cat > kitten, tabby, siamese
kitten < cat
horse = pferd, pferde
horse > pony, foal, colt
pony < horse
cow = kuh, kuehe, kühe
cow > calf, bull, ox
pig = hog, swine, schwein
pig > piglet
sheep = schaf, schafe
sheep > lamb, ewe
goat = ziege
rabbit = bunny, hare, kaninchen, hase
hen = chicken, huhn
chicken > rooster, hen
duck = ente, enten
duck > duckling, mallard
goose = geese, gans
bird = vogel, vögel, birdie
bird > eagle, hawk, falcon, duck, swan, gull, parrot, chicken, raven, crow, peacock, ostrich, heron, canary, dove, wren, lark
fish = fisch, fische
fish > salmon, trout, tuna, cod, shark, carp, goldfish, clownfish, koi
animal = tier, tiere
animal > dog, cat, horse, cow, pig, sheep, goat, rabbit, bird, fish, lion, tiger, elephant, giraffe, zebra, monkey, bear, deer, fox, wolf, squirrel, hedgehog, mouse, frog, turtle, snake, lizard, duck, goose, chicken, puppy, kitten, pony, foal, lamb, calf, donkey, camel, kangaroo, koala, panda, penguin, whale, dolphin, owl, crocodile, rhino, hippo, gorilla, insect
pet > dog, cat, rabbit, hamster, puppy, kitten, guinea pig, goldfish
butterfly = schmetterling
butterfly < insect
bee = biene
bee < insect
wildlife > deer, fox, wolf, boar, elk, moose, hedgehog, squirrel
deer > stag, fawn, doe
whale > orca
bear = baer, bär
hippo = hippopotamus
rhino = rhinoceros
chimp = chimpanzee

car = auto, automobile, motorcar
car > cab, taxi, convertible, cabriolet, suv, porsche, volkswagen
car < vehicle
auto < vehicle
automobile < vehicle
taxi = cab, taxicab
truck = lorry, pickup, lkw
truck < vehicle
lorry < vehicle
van < vehicle
bus < vehicle
bus = autobus
vehicle = fahrzeug
vehicle > car, automobile, auto, truck, lorry, van, bus, taxi, cab, jeep, suv, motorcycle, motorbike, scooter, bicycle, bike, tractor, ambulance, fire engine, fire truck, sports car, tram, train, minivan, limousine, sedan, convertible
bicycle = bike, push-bike, fahrrad
bicycle > mountain bike, tandem, tricycle
bike > motorbike
cycling = biking, bicycle ride, bike ride
motorcycle = motorbike, moped, motorrad
motorcycle > vespa, scooter
train = railway, zug
train > locomotive, steam train
tram = streetcar, trolley, strassenbahn
subway = metro, underground, u-bahn
plane = airplane, aeroplane, aircraft, jet, flugzeug
helicopter = chopper, hubschrauber
boat > sailboat, canoe, kayak, ferry, yacht, rowing boat, motorboat, raft, gondola
ship = schiff
ship > ferry, cruise ship, cruise liner
sailboat = sailing boat, segelboot
road = street, strasse
highway = motorway, freeway, autobahn, expressway
bridge = bruecke, brücke

sea = ocean, meer
beach = seaside, seashore, shore, strand
coast = seaside, shore, coastline, kueste, küste
shore = seashore, seaside, beach
river = fluss
river > stream, creek, brook
waterfall = falls, cascade, wasserfall
mountain = berg, berge, mount, peak, gebirge
mountains = alps, peaks
hill = huegel, hügel
forest = woods, woodland, wald
snow = schnee
rain = regen
sun = sonne
sunset = sundown, dusk, sonnenuntergang
sunrise = dawn, daybreak, sonnenaufgang
night = nacht
sky = himmel
cloud = wolke, wolken
fog = mist, nebel
storm = thunderstorm, gewitter, sturm
lightning = blitz
rainbow = regenbogen
winter = wintertime
summer = summertime, sommer
autumn = herbst
fall > autumn, herbst
spring = springtime, fruehling, frühling
fireworks = firework, feuerwerk
northern lights = aurora borealis, aurora, polarlicht
landscape = scenery, landschaft
field = meadow, wiese
island = isle, insel
desert = wueste, wüste
stars = starry, sterne

city = town, stadt
city > metropolis, downtown, cityscape
village = dorf
house = haus
home > house
house > villa, cabin, mansion
church = kirche
church > cathedral, chapel, basilica, minster
castle = schloss, burg, palace
tower = turm
garden = yard, backyard, garten
kitchen = kueche, küche
living room = lounge, sitting room, wohnzimmer
bedroom = schlafzimmer
bathroom = badezimmer
swimming pool = pool, schwimmbad
shop = store, laden
market = marketplace, markt
school = schule
airport = flughafen
train station = railway station, bahnhof
harbor = harbour, port, marina, hafen
pier = jetty, dock
playground = spielplatz
zoo = tierpark
cemetery = graveyard, friedhof
theater = theatre, cinema, movie theater
cinema = movie theater, movies, kino
apartment = wohnung
flat > apartment
sidewalk = pavement
elevator = lift

tree = baum, baeume, bäume
tree > oak, pine, birch, maple, palm, palm tree, fir, spruce, chestnut, christmas tree, apple tree, cherry tree, olive tree
flower = blossom, bloom, blume, blumen
flower > rose, tulip, lily, daffodil, carnation, lavender, dandelion, hydrangea, violet, buttercup, geranium, snowdrop, crocus
leaf = foliage, blatt
grass = lawn, gras
fruit = obst
fruit > banana, oranges, lemon, cherry, peach, plum, pineapple, mango, kiwi, raspberry, blueberry, blackberry, watermelon, grapes, pomegranate
vegetable = veggie, veg, gemuese, gemüse
vegetable > carrot, onion, cucumber, cabbage, lettuce, broccoli, cauliflower, pumpkin, beans, peas, spinach, corn, zucchini, garlic
mushroom = pilz, pilze

food = meal, essen
food > pizza, pasta, sushi, burger, hamburger, sandwich, salad, soup, steak, barbecue, noodles, curry, cheese, bread, cake, dessert, spaghetti, pancakes, tacos, fries
meal = dinner, lunch, breakfast, supper, brunch
dinner = supper, abendessen
breakfast = fruehstueck, frühstück
lunch = mittagessen
cake = kuchen, torte, gateau
cake > cupcake, birthday cake, wedding cake, cheesecake
cookie = biscuit, keks
doughnut = donut, krapfen
pancake = crepe, pfannkuchen
candy = sweets, suessigkeiten
ice cream = icecream, ice-cream, gelato, eiscreme
ice cream > sundae, sorbet
hot dog = hotdog, frankfurter, hot-dog
hamburger = burger, cheeseburger
fries = french fries, pommes
barbecue = bbq, barbeque, grilling, cookout, grillen
picnic = picknick
drink = beverage, getraenk, getränk
drink > juice, cola, lemonade, champagne, milk, smoothie, milkshake, gin, rum
coffee = kaffee
tea = tee
beer = bier
wine = wein
champagne = prosecco, sparkling wine, sekt
bread = brot
cheese = kaese, käse
candle = kerze, kerzen
balloon = luftballon
hot air balloon = hot-air balloon
balloon > hot air balloon

sport = sports
sport > swimming, running, sailing, climbing, surfing, wrestling, cricket, snowboarding, marathon, handball
football = soccer, fussball
hike = hiking, trek, trekking, wandern, wanderung, ramble
walk = stroll, spaziergang
run = jog, jogging
ski = skiing, skifahren
sled = sledge, sleigh, toboggan, schlitten
camping = campsite, campground, zelten
concert = gig, konzert
museum = gallery
music = musik
guitar = gitarre
instrument > drums, flute, trumpet, harp, viola, bagpipes
musical instrument > drums, flute, trumpet, harp, viola, bagpipes
game = spiel
toy = spielzeug
toy > lego, puzzle, doll
tv = television, telly, fernseher
computer = pc, laptop, notebook
computer > macbook, imac
phone = telephone, smartphone, cellphone, cell phone, mobile phone
phone > iphone
camera = kamera
glasses = spectacles, eyeglasses, brille
sunglasses = shades, sonnenbrille
hat > beanie, sombrero, straw hat, baseball cap
shoe = schuh, schuhe
shoe > boot, slipper, trainers, high heels, tennis shoe
pants = trousers
sweater = jumper, pullover, sweatshirt
swimsuit = bathing suit, swimwear, bikini
dress = kleid
costume = fancy dress
jewelry > bracelet, brooch, pendant
gift = present, geschenk
umbrella = regenschirm
couch = sofa, settee
book = buch
furniture > table, bench, shelf, dresser
fire > campfire, bonfire, flame
campfire = bonfire, lagerfeuer

picture = photograph, pic, foto, snapshot, snap
photo = photograph, pic, foto, snapshot, picture
black and white = b&w, bw, monochrome, schwarzweiss
panorama = panoramic
macro = close-up, closeup
aubergine = eggplant, brinjal
courgette = zucchini
beetroot = beet, beets
corn = maize, sweetcorn
spring onion = scallion, green onion
rocket salad = arugula
coriander = cilantro
shrimp = prawn
popsicle = ice lolly
cotton candy = candyfloss, candy floss
crisps = potato chips
chips > crisps, fries
tap = faucet
flashlight = torch
trash can = dustbin, garbage can, rubbish bin
closet = wardrobe
stove = cooker
crib = cot
diaper = nappy
pacifier = dummy
stroller = pushchair, pram, buggy, baby carriage
bathrobe = dressing gown
suspenders = braces
vest = waistcoat
trainers = sneakers
handbag = purse
rucksack = knapsack, backpack
raincoat = mackintosh, slicker
wellies = wellingtons, rubber boots, rain boots, gumboots
crosswalk = zebra crossing, pedestrian crossing
license plate = number plate
windshield = windscreen
gas station = petrol station, filling station
caravan = camper, motorhome, rv
fairground = funfair, carnival, fair
merry-go-round = carousel, karussell
ferris wheel = big wheel, riesenrad
rooster = cockerel, cock, hahn
ladybird = ladybug, marienkaefer, marienkäfer
donkey = esel
squirrel = eichhoernchen, eichhörnchen
violin = fiddle, geige
piano = klavier
gem = jewel, gemstone
christening = baptism, baptism ceremony, taufe
funeral = burial, beerdigung
engagement = betrothal, verlobung
scarecrow = vogelscheuche
snowman = schneemann
kite = drachen
lantern = laterne
gray = grey, grau
center = centre
neighbor = neighbour
favorite = favourite
tire = tyre
pajamas = pyjamas
cozy = cosy
plow = plough
catalog = catalogue
red = rot
blue = blau
green = gruen, grün
yellow = gelb
white = weiss
black = schwarz
color = colour
big = large, huge
small = little, tiny
old = ancient, vintage
happy = joyful, cheerful, smiling
funny = silly, hilarious
beautiful = pretty, gorgeous, lovely
sleep = asleep, nap, sleeping
laugh = giggle
cry = weep
smile = grin
hug = embrace, cuddle
jump = leap
`;
