/**
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
export const WORDNET: string = `
accountant = comptroller
aeroplane > bomber, airbus, airliner, biplane, turboprop
aircraft > helicopter, airplane, balloon, bomber, hot-air balloon, airbus, aeroplane, glider, airliner, airship, biplane, turboprop
airplane = aeroplane
airplane > bomber, airbus, airliner, biplane, turboprop
airport = aerodrome
alcohol > vodka, whiskey, whisky, brandy, tequila, kirsch, applejack
alfalfa = lucerne
algae = alga
alley = alleyway
amir = emir
ammunition = ammo
amphitheatre = amphitheater
android = humanoid
antagonist = adversary
assistant = helper
athlete = jock
attacker = assailant, aggressor
attorney = lawyer
aunt = auntie, aunty
author = writer
baby = infant
baby carriage = pram
bacteria = bacterium
bag > duffel, rucksack, duffle, knapsack, beanbag
ball > softball, handball, racquetball
ball game > baseball, rounders
bandana = bandanna
banister = balustrade, handrail
basement = cellar
bathing suit = swimsuit, swimwear
battlefield = battleground
beach chair = deck chair
bear > bruin
bedroom = bedchamber
beer > ale
belly = abdomen
berry > strawberry, currant
beverage > coffee, wine, tea, beer, alcohol, hot chocolate, orange juice, cocktail, vodka, whiskey, ale, cocoa, whisky, brandy, cider, tequila, lemonade, sherry, espresso, latte, margarita, martini, buttermilk, cappuccino, liqueur, vino, cuppa, seltzer, homebrew, vermouth, kirsch, kava, eggnog, applejack
billboard = hoarding
bird > robin, chick, owl, goose, penguin, bald eagle, pigeon, hen, finch, poultry, sparrow, rooster, vulture, pelican, flamingo, gosling, pheasant, starling, seagull, mockingbird, condor, hummingbird, blackbird, bluebird, magpie, gander, osprey, stork, waterfowl, kingfisher, buzzard, ibis, woodpecker, mallard, woodcock, guan, cochin, tern, songbird, firebird, puffin, kea, plover, cockatoo, coot, budgie, parakeet, kestrel, sandpiper, goldfinch, pitta, roadrunner, shrike, seabird, cockerel, toucan, flycatcher, oriole, cormorant, macaw, egret, ern
biscuit > oreo, shortbread
blackboard = chalkboard
boat > lifeboat, steamboat, dinghy, houseboat, skiff, catamaran, tugboat, speedboat, gunboat, rowboat, showboat
bookstore = bookshop
boot > jodhpur, waders
bouquet = posy
bread > loaf, biscuit, muffin, bagel, pita, pretzel, meatloaf, baguette, croissant, scone, cornbread, naan, brioche, flatbread, shortcake
bridge > overpass, flyover, viaduct, footbridge, drawbridge
buddy = sidekick
building = edifice
building > house, summer house, hospital, hotel, city hall, town hall, restaurant, coffee shop, theatre, castle, temple, movie theater, garage, pub, casino, embassy, cafe, inn, chapel, cottage, barn, cathedral, mosque, abbey, kirk, manor, observatory, monastery, courthouse, motel, dorm, consulate, tavern, convent, synagogue, cafeteria, hostel, farmhouse, clubhouse, rink, bungalow, infirmary, chateau, skyscraper, dormitory, basilica, chalet, bistro, priory, minster, schoolhouse, masjid, steakhouse, rectory, guesthouse, tenement, pagoda, sanatorium, dollhouse, presbytery, eatery, rotunda, planetarium, boathouse, gazebo, vicarage, guildhall, roadhouse, bathhouse, sanitarium, outhouse, gatehouse, doghouse, butchery, parsonage, coffeehouse, jakes, abattoir, nunnery, aviary, brasserie, manse, duomo, glasshouse, smokehouse, conservatoire, hothouse, teahouse, charterhouse, stupa
bulldozer = dozer
burka = burqa
burlap = gunny
buyer = purchaser
buzzer = doorbell
camera > webcam
campsite = campground
candidate = nominee, campaigner
candy > marshmallow, toffee, taffy, butterscotch, fondant, nougat, marzipan, lozenge
cap > beanie, beret, balaclava
car = auto, automobile, motorcar
car > ambulance, station wagon, jeep, sedan, coupe, limo, limousine, minivan, hatchback, roadster, taxicab, hardtop, subcompact
car park = parking lot
cargo = freight, lading
carpet = rug, carpeting
castle = palace
cat > cougar, puma, bobcat, tomcat, ocelot
cattle = cows, oxen
cattle > cow, longhorn, heifer
cayman = caiman
cemetery = graveyard
chair > wheelchair, armchair, chaise, recliner
chairman = chairperson
cheese > mozzarella, bleu, ricotta
child = youngster
chimpanzee = chimp
chives = chive
city = metropolis
classroom = schoolroom
clock > chronometer
closet = cupboard
clothes > shirt, hat, wedding dress, pants, coat, uniform, baseball cap, costume, jeans, shorts, underwear, bra, sweater, gown, evening gown, wedding gown, trousers, bathing suit, wig, garment, lingerie, denim, diaper, stocking, footwear, blouse, apron, bonnet, briefs, tights, swimsuit, blazer, sweatshirt, shawl, hijab, tuxedo, seatbelt, fedora, sari, jumpsuit, swimwear, beanie, tiara, kimono, knickers, turban, beret, underpants, sportswear, undies, kilt, headgear, trouser, pantyhose, tux, sweatpants, pajama, poncho, overcoat, parka, toga, bathrobe, raincoat, breeches, singlet, headdress, waistcoat, headscarf, petticoat, saree, alb, bodice, turtleneck, pullover, levis, burka, capote, burqa, raglan, outerwear, knitwear, wraparound, necktie, nightgown, coronet, leotard, fatigues, balaclava, hosiery
clothing > clothes, shirt, hat, wedding dress, pants, coat, uniform, baseball cap, costume, jeans, shorts, underwear, bra, sweater, gown, evening gown, wedding gown, trousers, bathing suit, wig, garment, lingerie, denim, diaper, stocking, footwear, blouse, apron, bonnet, briefs, tights, swimsuit, blazer, sweatshirt, shawl, hijab, tuxedo, seatbelt, fedora, sari, jumpsuit, swimwear, beanie, tiara, kimono, knickers, turban, beret, underpants, sportswear, undies, kilt, headgear, trouser, pantyhose, tux, sweatpants, pajama, poncho, overcoat, parka, toga, bathrobe, raincoat, breeches, singlet, headdress, waistcoat, headscarf, petticoat, saree, alb, bodice, turtleneck, pullover, levis, burka, capote, burqa, raglan, outerwear, knitwear, wraparound, necktie, nightgown, coronet, leotard, fatigues, balaclava, hosiery
coat > blazer, overcoat, parka, raincoat, capote, slicker
coffee shop = cafe, coffeehouse
coleslaw = slaw
collage = montage
commander = commandant
competitor = challenger, contender
computer > laptop, workstation, mainframe, supercomputer, microcomputer
condo = condominium
consultant = advisor, adviser
cookie > oreo, shortbread
cottage = bungalow
couch = sofa
cougar = puma
cow > longhorn, heifer
criminal = crook, felon
crossroad = carrefour
crucifix = rood
culprit = perpetrator
curbing = kerb
curtain = drapery
dad = daddy, papa, dada
dealer = trader
deity = divinity
depository = depositary
dessert = afters
dessert > ice cream, lollipop, popsicle, sundae, sorbet, icecream, sherbet, flan, parfait, tiramisu
dinghy = rowboat
dog > puppy, doggy, terrier, greyhound, pug, beagle, poodle, doggie, retriever, collie, golden retriever, mutt, corgi, spaniel, bloodhound, dachshund, mastiff, spitz, papillon, sheepdog
doggy = doggie
dorm = dormitory
dress > gown, evening gown, wedding gown, sari, saree
drink > coffee, wine, tea, beer, alcohol, hot chocolate, orange juice, cocktail, vodka, whiskey, ale, cocoa, whisky, brandy, cider, tequila, lemonade, sherry, espresso, latte, margarita, martini, buttermilk, cappuccino, liqueur, vino, cuppa, seltzer, homebrew, vermouth, kirsch, kava, eggnog, applejack
drum > bongo, tambourine
duffel = duffle
dumplings = dumpling
earthquake = quake
examiner = tester
explosion = detonation
fabric = cloth, textile
factory = manufactory
feather = plumage
fetus = foetus
fiend = ogre
figurine = statuette
fire engine = fire truck
fireplace = hearth
fish > dolphin, sturgeon, goldfish, moray, marlin, gar, mako, stingray, barracuda, tetra, chub, beluga, flathead, minnow, blackfish, conger, guppy, snook, loach, tarpon, dogfish
floor = flooring
flower > daisy, poppy, sunflower, orchid, dahlia, aster, marigold, snapdragon, peony, anemone, wallflower, verbena
forehead = brow
frankfurter = weenie
freeway = motorway, expressway, superhighway, thruway
freshman = fresher
fries = french fries
fruit > apple, strawberry, grape, citrus, walnut, pear, avocado, melon, acorn, raisin, currant, honeydew
furniture > bed, chair, beach chair, cabinet, desk, deck chair, couch, wheelchair, sofa, wardrobe, stool, crib, pew, armchair, bookcase, chaise, workbench, recliner, divan, lectern, settee, minibar, footstool
gadget = appliance, contraption, contrivance
glasses = specs, spectacles, eyeglasses
gnu = wildebeest
goalkeeper = goalie
gourmet = foodie
grandfather = grandpa
grandmother = grandma, granny, gran
groundhog = woodchuck
guardian = defender, protector
guitar > ukulele, uke
gunman = hitman
hand = mitt
handiwork = handicraft
handkerchief = hanky, hankey
hat = chapeau
hat > bonnet, fedora
headlight = headlamp
headphone = earpiece, earphone
hedge = hedgerow
hippie = hipster, hippy
hitter = batsman
homeland = motherland
hookah = shisha
horse > mare, mustang, stallion, bronco, racehorse, gelding
hospital = infirmary
hot chocolate = cocoa
hotel > inn, motel, hostel, roadhouse
house > castle, cottage, manor, monastery, convent, farmhouse, bungalow, chateau, chalet, priory, rectory, guesthouse, dollhouse, vicarage, gatehouse, parsonage, nunnery, manse, charterhouse
husband = hubby
ice cream = icecream
inn = hostel
insect > bee, ant, mosquito, moth, flea, cockroach, hornet, firefly, mantis, dragonfly, grasshopper, locust, bumblebee, drosophila, scarab, termite, midge, weevil, ladybug, honeybee, ladybird, cicada, gnat, aphid, pollinator
instrument > guitar, piano, violin, cello, banjo, saxophone, clarinet, accordion, piccolo, ukulele, harmonica, trombone, bugle, bongo, tuba, cornet, mandolin, oboe, tambourine, harpsichord, lyre, cymbal, bassoon, uke, koto, woodwind, ocarina, sitar, xylophone, pianoforte, bagpipe, kazoo
jacket > blazer, parka
jail = jailhouse
jeans = denim
jetty = breakwater, seawall
jewellery > diamond, necklace, bling, earring, bangle, bijou
jewelry = jewellery
jewelry > diamond, necklace, bling, earring, bangle, bijou
kitchen appliance > oven, stove, broiler, rotisserie
knickers = breeches
knife > cleaver, scalpel, switchblade
lab = laboratory
lad = bloke, fella
ladybug = ladybird
lagoon = laguna
lake > pond, lagoon, laguna, bayou, tarn
lamp > candle, lantern, flashlight, lightbulb, streetlight
lasagna = lasagne
leaf = foliage
licorice = liquorice
lid = eyelid
limo = limousine
liquor > vodka, whiskey, whisky, brandy, tequila, kirsch, applejack
lizard > gecko, iguana
lobby = foyer, vestibule
lollipop = popsicle
lunch = luncheon, tiffin
madman = maniac
mantel = mantelpiece
marijuana = ganja
mayo = mayonnaise
maze = labyrinth
meat > pork, steak, sausage, veal, mutton, pepperoni, venison, salami, brisket, chorizo, duckling, frankfurter, weenie, mouton, prosciutto, sirloin, offal, pastrami, bratwurst
medalist = medallist
mediator = intermediary
messenger = courier
metro = subway
mic = microphone
minister = rector, curate
mobile phone = cellular phone, cellphone
mom = mommy, mummy, momma, mamma
monkey > baboon, rhesus, macaque
monocle = eyeglass
motorbike > moped
motorcycle > moped
mountain > alp
musical instrument > guitar, piano, violin, cello, banjo, saxophone, clarinet, accordion, piccolo, ukulele, harmonica, trombone, bugle, bongo, tuba, cornet, mandolin, oboe, tambourine, harpsichord, lyre, cymbal, bassoon, uke, koto, woodwind, ocarina, sitar, xylophone, pianoforte, bagpipe, kazoo
mustache = moustache
mutton = mouton
narrator = storyteller
neighborhood = neighbourhood, vicinity, locality
newcomer = newbie
nightcrawler = earthworm
omelette = omelet
orangutan = orang
outhouse = jakes
overpass = flyover
owner = proprietor
padding = cushioning
pajama = pyjama
paneling = panelling
paprika = pimento
parka = windbreaker
parlor = parlour
pasta > spaghetti, lasagna, lasagne
pergola = arbour
peyote = mezcal
phone > mobile phone, cellular phone, cellphone, handset, speakerphone
photo = photograph
piano = pianoforte
pistol = handgun
plaid = tartan
plaintiff = complainant
plane > bomber, airbus, airliner, biplane, turboprop
plaza = piazza
podium = dais, rostrum, ambo
pol = politico
potato = tater
professor = prof
pussy = puss
racetrack = racecourse
railway = railroad
rectory = vicarage, parsonage
refrigerator = icebox
reindeer = caribou
reptile > sea turtle, dinosaur, lizard, cobra, crocodile, viper, tortoise, cayman, gator, asp, anaconda, gecko, rattlesnake, iguana, mamba, tyrannosaurus, triceratops, velociraptor
researcher = investigator
residence = abode
restaurant = eatery
restaurant > coffee shop, cafe, cafeteria, bistro, steakhouse, coffeehouse, brasserie, teahouse
rhino = rhinoceros
roadside = wayside
roadster = runabout
rodent > mouse, rat, squirrel, hamster, hedgehog, groundhog, chipmunk, vole, gerbil, marmot, lemming, woodchuck
rogue = rascal
rover = wanderer
rucksack = knapsack
sacking = bagging
sailing boat = sailboat
salad > coleslaw, slaw
saloon = taproom
sanatorium = sanitarium
sandwich > hamburger, cheeseburger, gyro
sari = saree
sausage > pepperoni, salami, chorizo, frankfurter, weenie, bratwurst
seaside = seaboard
seasoning = flavoring, flavouring
seller = vendor
sentinel = sentry
sequin = diamante
shanty = hovel
sheikh = sheik
shellfish > lobster, mussel
ship > submarine, tanker, corvette, battleship, warship, frigate, steamship, freighter, icebreaker, dreadnought
shoe > sneaker, sandal, cleats, moccasin
shoestring = shoelace
shop > bakery, boutique, bookstore, deli, bookshop, drugstore, barbershop, pizzeria, commissary, bodega, newsstand, charcuterie, patisserie
singlet = undershirt
snake > cobra, viper, asp, anaconda, rattlesnake, mamba
soup > broth, chowder, bouillon, marmite, bisque
souvenir = keepsake
spider > tarantula
spire = steeple
sport > football, track and field, basketball, golf, baseball, racing, soccer, fishing, hockey, hunting, rugby, tennis, ice hockey, horse racing, boxing, cycling, rock climbing, volleyball, skating, skiing, figure skating, ice skating, surfing, gymnastics, lacrosse, rowing, badminton, archery, judo, skateboarding, netball, sumo, dressage, acrobatics, bicycling, snorkeling, rounders, sledding, aquatics, horseshoes, bullfighting, motorcycling
squid = calamari
staircase = stairway
staphylococcus = staph
steps = stairs
store > bakery, boutique, bookstore, deli, bookshop, drugstore, barbershop, pizzeria, commissary, bodega, newsstand, charcuterie, patisserie
storm > hurricane, tornado, typhoon, blizzard, thunderstorm, whirlwind, twister, firestorm, snowstorm, sandstorm, rainstorm, hailstorm, windstorm
student = pupil
sunscreen = sunblock
superstar = wiz
sweets > marshmallow, toffee, taffy, butterscotch, fondant, nougat, marzipan, lozenge
table > desk, workbench, lectern
talisman = amulet
tarp = tarpaulin
taxi = taxicab
teacher = instructor
teddy = teddy bear
telephone > mobile phone, cellular phone, cellphone, handset, speakerphone
tennis shoe = sneaker
tent > marquee, cabana
theatre = theater
therapist = healer
toilet = lav
tombstone = gravestone
tornado = twister
tower > lighthouse, turret, spire, silo, watchtower, steeple, pylon, barbican, trestle, belfry, minaret
toy = plaything
toy > doll, teddy, teddy bear, rocking horse, playhouse, slingshot, trapeze
tragedy = catastrophe, calamity
train station = railway station
trash can = garbage can, dustbin
traveler = traveller
tree > cedar, willow, mango, almond, aspen, elm, rowan, beech, grapefruit, mulberry, nutmeg, acacia, apricot, pomegranate, clementine, mangrove, papaya, cacao, quince, bonsai, cottonwood, hazelnut, pistachio, cashew, palmyra, palmetto, mimosa, butternut, ponderosa, rattan, guava, morello, conifer, tamarind, durian, banyan, dogwood, persimmon, macadamia, ginkgo, sassafras
tricycle = trike
truck > fire engine, minivan
tsar = czar
tub = bathtub
tuxedo = tux
tycoon = magnate
ukulele = uke
universe = cosmos
valley = vale
vegetable = veg, veggie
vegetable > potato, greens, tomato, fries, french fries, pea, chilli, chipotle, eggplant, rhubarb, radish, lentil, romaine, tater
veranda = verandah
viewer = spectator
walkway = paseo
water sport > surfing, snorkeling
weapon > sword, bullet, rifle, pistol, shotgun, firearm, dagger, revolver, handgun, trident, bayonet, machete, shiv, hatchet, crossbow, musket, cannonball, carbine, sarin, stiletto, flamethrower, cutlass, rapier, buckshot, scimitar, claymore, kiley
wedding dress = wedding gown
whiskey = whisky
widget = gizmo
windshield = windscreen
wine = vino
wine > sherry, vermouth
wreath = coronal
xylophone = marimba
yogurt = yoghurt
`;
