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
alcohol > vodka, whiskey, whisky, brandy, tequila, kirsch, applejack
amir = emir
ammunition = ammo
android = humanoid
antagonist = adversary
assistant = helper
athlete = jock
attacker = assailant, aggressor
attorney = lawyer
aunt = auntie, aunty
author = writer
baby = infant
bacteria = bacterium
bag > duffel, rucksack, duffle, knapsack, beanbag
ball > softball, handball, racquetball
ball game > baseball, rounders
basement = cellar
bathing suit = swimsuit, swimwear
battlefield = battleground
beach chair = deck chair
bear > bruin
beer > ale
belly = abdomen
berry > strawberry, currant
beverage > coffee, wine, tea, beer, alcohol, hot chocolate, orange juice, cocktail, vodka, whiskey, ale, cocoa, whisky, brandy, cider, tequila, lemonade, sherry, espresso, latte, margarita, martini, buttermilk, cappuccino, liqueur, vino, cuppa, seltzer, homebrew, vermouth, kirsch, kava, eggnog, applejack
billboard = hoarding
bird > robin, chick, owl, goose, penguin, bald eagle, pigeon, hen, finch, poultry, sparrow, rooster, vulture, pelican, flamingo, gosling, pheasant, starling, seagull, mockingbird, condor, hummingbird, blackbird, bluebird, magpie, gander, osprey, stork, waterfowl, kingfisher, buzzard, ibis, woodpecker, mallard, woodcock, guan, cochin, tern, songbird, firebird, puffin, kea, plover, cockatoo, coot, budgie, parakeet, kestrel, sandpiper, goldfinch, pitta, roadrunner, biddy, shrike, seabird, cockerel, toucan, flycatcher, oriole, cormorant, macaw, egret, ern
biscuit > oreo, shortbread
boat > lifeboat, steamboat, dinghy, houseboat, skiff, catamaran, tugboat, speedboat, gunboat, rowboat, showboat
bookstore = bookshop
boot > jodhpur, waders
bread > loaf, biscuit, muffin, bagel, pita, pretzel, meatloaf, baguette, croissant, scone, cornbread, naan, brioche, flatbread, shortcake
bridge > overpass, flyover, viaduct, footbridge, drawbridge
buddy = sidekick
building > house, summer house, hospital, hotel, city hall, town hall, restaurant, coffee shop, theatre, castle, temple, movie theater, garage, pub, casino, embassy, cafe, inn, chapel, cottage, barn, cathedral, mosque, abbey, kirk, manor, observatory, monastery, courthouse, motel, dorm, consulate, tavern, convent, synagogue, cafeteria, hostel, farmhouse, clubhouse, rink, bungalow, infirmary, chateau, skyscraper, dormitory, basilica, chalet, bistro, priory, minster, schoolhouse, masjid, steakhouse, rectory, guesthouse, tenement, pagoda, sanatorium, dollhouse, presbytery, eatery, rotunda, planetarium, boathouse, gazebo, vicarage, guildhall, roadhouse, bathhouse, sanitarium, outhouse, gatehouse, doghouse, butchery, parsonage, coffeehouse, jakes, abattoir, nunnery, aviary, brasserie, manse, duomo, glasshouse, smokehouse, conservatoire, hothouse, teahouse, charterhouse, stupa
buyer = purchaser
buzzer = doorbell
camera > webcam
campsite = campground
candidate = nominee, campaigner
candy > marshmallow, toffee, taffy, butterscotch, fondant, nougat, marzipan, lozenge
cap > beanie, beret, balaclava
car = auto, automobile
car > ambulance, station wagon, jeep, sedan, coupe, limo, limousine, minivan, hatchback, roadster, taxicab, hardtop, subcompact
car park = parking lot
cargo = freight
carpet = rug
castle = palace
cat > cougar, puma, bobcat, tomcat, ocelot
cattle = cows
cattle > cow, longhorn, heifer
cemetery = graveyard
chair > wheelchair, armchair, chaise, recliner
chairman = chairperson
cheese > mozzarella, bleu, ricotta
child = youngster
city = metropolis
clock > chronometer
closet = cupboard
clothes > shirt, hat, wedding dress, pants, coat, uniform, baseball cap, costume, jeans, shorts, underwear, bra, sweater, gown, evening gown, wedding gown, trousers, bathing suit, wig, garment, lingerie, denim, diaper, stocking, footwear, blouse, apron, bonnet, briefs, tights, swimsuit, blazer, sweatshirt, shawl, hijab, tuxedo, seatbelt, fedora, sari, jumpsuit, swimwear, beanie, tiara, kimono, knickers, turban, beret, underpants, sportswear, undies, kilt, headgear, trouser, pantyhose, tux, sweatpants, pajama, poncho, overcoat, parka, toga, bathrobe, raincoat, breeches, singlet, headdress, waistcoat, headscarf, petticoat, saree, alb, bodice, turtleneck, pullover, levis, burka, capote, burqa, raglan, outerwear, knitwear, wraparound, necktie, nightgown, coronet, leotard, fatigues, balaclava, hosiery
clothing > clothes, shirt, hat, wedding dress, pants, coat, uniform, baseball cap, costume, jeans, shorts, underwear, bra, sweater, gown, evening gown, wedding gown, trousers, bathing suit, wig, garment, lingerie, denim, diaper, stocking, footwear, blouse, apron, bonnet, briefs, tights, swimsuit, blazer, sweatshirt, shawl, hijab, tuxedo, seatbelt, fedora, sari, jumpsuit, swimwear, beanie, tiara, kimono, knickers, turban, beret, underpants, sportswear, undies, kilt, headgear, trouser, pantyhose, tux, sweatpants, pajama, poncho, overcoat, parka, toga, bathrobe, raincoat, breeches, singlet, headdress, waistcoat, headscarf, petticoat, saree, alb, bodice, turtleneck, pullover, levis, burka, capote, burqa, raglan, outerwear, knitwear, wraparound, necktie, nightgown, coronet, leotard, fatigues, balaclava, hosiery
coat > blazer, overcoat, parka, raincoat, capote, slicker
coffee shop = cafe
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
culprit = perpetrator
dad = daddy, papa, dada
dealer = trader
deity = divinity
dessert > ice cream, lollipop, popsicle, sundae, sorbet, icecream, sherbet, flan, parfait, tiramisu
dog > puppy, doggy, terrier, greyhound, pug, beagle, poodle, doggie, retriever, collie, golden retriever, mutt, corgi, spaniel, bloodhound, dachshund, mastiff, spitz, papillon, sheepdog
doggy = doggie
dorm = dormitory
dress > gown, evening gown, wedding gown, sari, saree
drink > coffee, wine, tea, beer, alcohol, hot chocolate, orange juice, cocktail, vodka, whiskey, ale, cocoa, whisky, brandy, cider, tequila, lemonade, sherry, espresso, latte, margarita, martini, buttermilk, cappuccino, liqueur, vino, cuppa, seltzer, homebrew, vermouth, kirsch, kava, eggnog, applejack
drum > bongo, tambourine
earthquake = quake
examiner = tester
explosion = detonation
fabric = cloth, textile
fiend = ogre
fire engine = fire truck
fireplace = hearth
fish > dolphin, sturgeon, goldfish, moray, marlin, gar, mako, stingray, barracuda, tetra, chub, beluga, flathead, minnow, blackfish, conger, guppy, snook, loach, tarpon, dogfish
floor = flooring
flower > daisy, poppy, sunflower, orchid, dahlia, aster, marigold, snapdragon, peony, anemone, wallflower, verbena
forehead = brow
freeway = motorway, expressway
freshman = fresher
fries = french fries
fruit > apple, strawberry, grape, citrus, walnut, pear, avocado, melon, acorn, raisin, currant, honeydew
furniture > bed, chair, beach chair, cabinet, desk, deck chair, couch, wheelchair, sofa, wardrobe, stool, crib, pew, armchair, bookcase, chaise, workbench, recliner, divan, lectern, settee, minibar, footstool
gadget = appliance
glasses = specs, spectacles
goalkeeper = goalie
gourmet = foodie
grandfather = grandpa
grandmother = grandma, granny, gran
guardian = defender, protector
guitar > ukulele, uke
gunman = hitman
hand = mitt
hat > bonnet, fedora
hippie = hipster, hippy
hitter = batsman
homeland = motherland
horse > mare, mustang, stallion, bronco, racehorse, gelding
hospital = infirmary
hot chocolate = cocoa
hotel > inn, motel, hostel, roadhouse
house > castle, cottage, manor, monastery, convent, farmhouse, bungalow, chateau, chalet, priory, rectory, guesthouse, dollhouse, vicarage, gatehouse, parsonage, nunnery, manse, charterhouse
husband = hubby
inn = hostel
insect > bee, ant, mosquito, moth, flea, cockroach, hornet, firefly, mantis, dragonfly, grasshopper, locust, bumblebee, drosophila, scarab, termite, midge, weevil, ladybug, honeybee, ladybird, cicada, gnat, aphid, pollinator
instrument > guitar, piano, violin, cello, banjo, saxophone, clarinet, accordion, piccolo, ukulele, harmonica, trombone, bugle, bongo, tuba, cornet, mandolin, oboe, tambourine, harpsichord, lyre, cymbal, bassoon, uke, koto, woodwind, ocarina, sitar, xylophone, pianoforte, bagpipe, kazoo
jacket > blazer, parka
jeans = denim
jewellery > diamond, necklace, bling, earring, bangle, bijou
jewelry = jewellery
jewelry > diamond, necklace, bling, earring, bangle, bijou
kitchen appliance > oven, stove, broiler, rotisserie
knife > cleaver, scalpel, switchblade
lab = laboratory
lad = bloke, fella
lagoon = laguna
lake > pond, lagoon, laguna, bayou, tarn
lamp > candle, lantern, flashlight, lightbulb, streetlight
leaf = foliage
lid = eyelid
limo = limousine
liquor > vodka, whiskey, whisky, brandy, tequila, kirsch, applejack
lizard > gecko, iguana
lobby = foyer
lunch = luncheon
madman = maniac
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
motorbike > moped
motorcycle > moped
mountain > alp
musical instrument > guitar, piano, violin, cello, banjo, saxophone, clarinet, accordion, piccolo, ukulele, harmonica, trombone, bugle, bongo, tuba, cornet, mandolin, oboe, tambourine, harpsichord, lyre, cymbal, bassoon, uke, koto, woodwind, ocarina, sitar, xylophone, pianoforte, bagpipe, kazoo
mustache = moustache
narrator = storyteller
neighborhood = neighbourhood, vicinity, locality
newcomer = newbie
owner = proprietor
parlor = parlour
pasta > spaghetti, lasagna, lasagne
phone > mobile phone, cellular phone, cellphone, handset, speakerphone
photo = photograph
pistol = handgun
plaintiff = complainant
plane > bomber, airbus, airliner, biplane, turboprop
plaza = piazza
podium = pulpit
pol = politico
professor = prof
pussy = puss
racetrack = racecourse
railway = railroad
reptile > sea turtle, dinosaur, lizard, cobra, crocodile, viper, tortoise, cayman, gator, asp, anaconda, gecko, rattlesnake, iguana, mamba, tyrannosaurus, triceratops, velociraptor
researcher = investigator
residence = abode
restaurant > coffee shop, cafe, cafeteria, bistro, steakhouse, coffeehouse, brasserie, teahouse
rodent > mouse, rat, squirrel, hamster, hedgehog, groundhog, porcupine, chipmunk, vole, gerbil, marmot, lemming, woodchuck
rogue = rascal
rover = wanderer
sacking = bagging
salad > coleslaw, slaw
sandwich > hamburger, cheeseburger, gyro
sausage > pepperoni, salami, chorizo, frankfurter, weenie, bratwurst
seaside = seaboard
seller = vendor
sentinel = sentry
sheikh = sheik
shellfish > lobster, mussel
ship > submarine, tanker, corvette, battleship, warship, frigate, steamship, freighter, icebreaker, dreadnought
shoe > sneaker, sandal, cleats, moccasin
shop > bakery, boutique, bookstore, deli, bookshop, drugstore, barbershop, pizzeria, commissary, bodega, newsstand, charcuterie, patisserie
snake > cobra, viper, asp, anaconda, rattlesnake, mamba
soup > broth, chowder, bouillon, marmite, bisque
spider > tarantula
sport > football, track and field, basketball, golf, baseball, racing, soccer, fishing, hockey, hunting, rugby, tennis, ice hockey, horse racing, boxing, cycling, rock climbing, volleyball, skating, skiing, figure skating, ice skating, surfing, gymnastics, lacrosse, rowing, badminton, archery, judo, skateboarding, netball, sumo, dressage, acrobatics, bicycling, snorkeling, rounders, sledding, aquatics, horseshoes, bullfighting, motorcycling
staircase = stairway
steps = stairs
store > bakery, boutique, bookstore, deli, bookshop, drugstore, barbershop, pizzeria, commissary, bodega, newsstand, charcuterie, patisserie
storm > hurricane, tornado, typhoon, blizzard, thunderstorm, whirlwind, twister, firestorm, snowstorm, sandstorm, rainstorm, hailstorm, windstorm
student = pupil
superstar = wiz
sweets > marshmallow, toffee, taffy, butterscotch, fondant, nougat, marzipan, lozenge
table > desk, workbench, lectern
teacher = instructor
teddy = teddy bear
telephone > mobile phone, cellular phone, cellphone, handset, speakerphone
tennis shoe = sneaker
tent > marquee, cabana
theatre = theater
therapist = healer
tornado = twister
tower > lighthouse, turret, spire, silo, watchtower, steeple, pylon, barbican, trestle, belfry, minaret
toy > doll, teddy, teddy bear, rocking horse, playhouse, slingshot, trapeze
tragedy = catastrophe, calamity
train station = railway station
trash can = garbage can
traveler = traveller
tree > cedar, willow, mango, almond, aspen, elm, rowan, beech, grapefruit, mulberry, nutmeg, acacia, apricot, pomegranate, clementine, mangrove, papaya, cacao, quince, bonsai, cottonwood, hazelnut, pistachio, cashew, palmyra, palmetto, mimosa, butternut, ponderosa, rattan, guava, morello, conifer, tamarind, durian, banyan, dogwood, persimmon, macadamia, ginkgo, sassafras
truck > fire engine, minivan
tsar = czar
tub = bathtub
tycoon = magnate
universe = cosmos
valley = vale
vegetable = veg, veggie
vegetable > potato, greens, tomato, fries, french fries, pea, chilli, chipotle, eggplant, rhubarb, radish, lentil, romaine, tater
viewer = spectator
water sport > surfing, snorkeling
weapon > sword, bullet, rifle, pistol, shotgun, firearm, dagger, revolver, handgun, trident, bayonet, machete, shiv, hatchet, crossbow, musket, cannonball, carbine, sarin, stiletto, flamethrower, cutlass, rapier, buckshot, scimitar, claymore, kiley
wedding dress = wedding gown
whiskey = whisky
wine > sherry, vermouth
yogurt = yoghurt
`;
