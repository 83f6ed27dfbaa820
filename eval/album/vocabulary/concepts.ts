/**
 * What can be in a photo, and how it is called. Each entry lists names of one thing, singular and
 * plural, `_` for a space. With a name after `>` somebody may write of it (a puppy is a dog), but
 * nobody asks by it, since it does not mean the same. No entry is a kind of another one, and the
 * first half of a list is what the development album is made of.
 */

/** Things with more than one name. */
export const NAMED_TWICE = [
	'car cars, automobile automobiles, >vehicle vehicles',
	'dog dogs, hound hounds, >puppy puppies',
	'bicycle bicycles, bike bikes',
	'sofa sofas, couch couches',
	'child children, kid kids',
	'gift gifts, present presents',
	'rabbit rabbits, bunny bunnies',
	'doughnut doughnuts, donut donuts',
	'sweater sweaters, jumper jumpers',
	'rug rugs, carpet carpets',
	'backpack backpacks, rucksack rucksacks',
	'aeroplane aeroplanes, airplane airplanes, >plane planes',
	'cookie cookies, biscuit biscuits',
	'baby babies, infant infants',
	'stone stones, rock rocks',
	'shop shops, store stores',

	'truck trucks, lorry lorries',
	'cat cats, >kitten kittens',
	'tram trams, streetcar streetcars',
	'taxi taxis, cab cabs',
	'violin violins, fiddle fiddles',
	'lift lifts, elevator elevators',
	'tap taps, faucet faucets',
	'torch torches, flashlight flashlights',
	'ladybird ladybirds, ladybug ladybugs',
	'pig pigs, >piglet piglets',
	'sheep sheep, >lamb lambs',
	'duck ducks, >duckling ducklings',
	'horse horses, >foal foals',
	'cow cows, >calf calves',
	'motorcycle motorcycles, motorbike motorbikes',
	'gem gems, jewel jewels',
	'purse purses, handbag handbags',
	'pavement pavements, sidewalk sidewalks',
	'cockerel cockerels, rooster roosters',
	'prawn prawns, shrimp shrimps',
	'aubergine aubergines, eggplant eggplants',
	'courgette courgettes, zucchini zucchinis',
];

/** Entries of {@link NAMED_TWICE} that are people; words for them are no names. */
export const HUMAN = ['child', 'baby'];

export const NAMED_ONCE = [
	...['umbrella umbrellas', 'kite kites', 'balloon balloons', 'ladder ladders'],
	...['guitar guitars', 'piano pianos', 'candle candles', 'bridge bridges', 'castle castles'],
	...['church churches', 'lighthouse lighthouses', 'tent tents', 'bench benches'],
	...['pumpkin pumpkins', 'strawberry strawberries', 'leaf leaves', 'goose geese'],
	...['butterfly butterflies', 'fox foxes', 'snowman snowmen'],

	...['lantern lanterns', 'drum drums', 'clock clocks', 'windmill windmills'],
	...['fountain fountains', 'statue statues', 'hammock hammocks', 'swing swings'],
	...['pizza pizzas', 'pancake pancakes', 'cherry cherries', 'mushroom mushrooms'],
	...['sandwich sandwiches', 'loaf loaves', 'mouse mice', 'owl owls', 'deer deer'],
	...['squirrel squirrels', 'hedgehog hedgehogs', 'elephant elephants', 'giraffe giraffes'],
	...['scarf scarves', 'trumpet trumpets', 'tractor tractors', 'anchor anchors'],
	...['helmet helmets', 'tulip tulips', 'cactus cacti', 'peacock peacocks'],
];

/** Where or in what weather; with "the" in front. */
export const SCENES = [
	...['beach beaches', 'harbour harbours, harbor harbors', 'sea seas, ocean oceans'],
	...['forest forests, woods woods', 'sunset sunsets, sundown sundowns', 'snow'],
	...['garden gardens', 'kitchen kitchens', 'mountain mountains', 'river rivers'],

	...['lake lakes', 'waterfall waterfalls', 'meadow meadows', 'balcony balconies'],
	...['museum museums', 'playground playgrounds', 'station stations', 'airport airports'],
	...['theatre theatres, theater theaters', 'rainbow rainbows', 'fog, mist'],
	...['desert deserts', 'vineyard vineyards', 'sunrise sunrises, daybreak', 'storm storms'],
];

/** Name, and the days of the year on which it is; any day where none is given. */
export const OCCASIONS: { words: string; days?: string[] }[] = [
	{ words: 'Christmas, Xmas', days: ['12-24', '12-25', '12-26'] },
	{ words: 'birthday birthdays' },
	{ words: 'wedding weddings' },
	{ words: 'hike hikes, >hiking' },
	{ words: 'picnic picnics' },
	{ words: 'graduation graduations' },
	{ words: 'barbecue barbecues, BBQ BBQs' },
	{ words: 'marathon marathons' },
	{ words: 'Halloween', days: ['10-31'] },

	{ words: 'concert concerts' },
	{ words: 'parade parades' },
	{ words: 'carnival carnivals', days: ['02-10', '02-17', '02-28'] },
	{ words: 'Easter', days: ['03-31', '04-09', '04-17'] },
	{ words: 'football, soccer' },
	{ words: 'regatta regattas' },
	{ words: 'reunion reunions' },
	{ words: 'christening christenings, baptism baptisms' },
	{ words: 'holiday holidays, vacation vacations' },
	{ words: 'rehearsal rehearsals' },
	{ words: 'auction auctions' },
];

/** What happens on the last day of a year. */
export const NEW_YEAR = 'New_Year';

/** Of things, so that there are phrases. */
export const ADJECTIVES = [
	...['red', 'old', 'little', 'blue', 'wooden', 'striped', 'broken', 'golden'],
	...['green', 'tiny', 'rusty', 'yellow', 'painted', 'crooked', 'silver', 'enormous'],
];

/** In no photo, and no part of any other word here. */
export const NOWHERE = [
	...['zeppelin', 'accordion', 'volcano', 'igloo', 'telescope', 'submarine', 'chessboard'],
	...['typewriter', 'jellyfish', 'avalanche', 'saxophone', 'kangaroo', 'obelisk', 'trapeze'],
];
