import type { Teller } from '../teller';

/** What a template needs to have in the photo. */
type Need = 'people';

export interface Template {
	needs?: Need;
	write: (tell: Teller) => string;
}

/** Words of these are no names of anything; the generator looks. */
export const TITLES: Template[] = [
	{ write: (tell) => tell.thing() },
	{ write: (tell) => `${tell.occasion()} in ${tell.place()}` },
	{ write: (tell) => `${tell.thing()} and ${tell.thing()}` },
	{ write: (tell) => tell.place() },
	{ write: (tell) => `${tell.thing()} at ${tell.scene()}` },
	{ needs: 'people', write: (tell) => `${tell.people()} at ${tell.scene()}` },
	{ needs: 'people', write: (tell) => tell.belonging() },
	{ write: (tell) => `Sunday in ${tell.place()}` },

	{ write: (tell) => `${tell.thing()}, ${tell.place()}` },
	{ write: (tell) => `${tell.occasion()} by ${tell.scene()}` },
	{ needs: 'people', write: (tell) => `${tell.people()} (${tell.occasion()})` },
	{ write: (tell) => `after ${tell.scene()}` },
	{ write: (tell) => `more of ${tell.thing()}` },
	{ write: (tell) => `${tell.scene()} again` },
	{ write: (tell) => `${tell.thing()} – finally` },
	{ needs: 'people', write: (tell) => `${tell.belonging()} in ${tell.place()}` },
];

export const DESCRIPTIONS: Template[] = [
	{ needs: 'people', write: (tell) => `${tell.people()} with ${tell.thing()} by ${tell.scene()}.` },
	{ write: (tell) => `We found ${tell.thing()} near ${tell.thing()}.` },
	{ write: (tell) => `${tell.thing()}, seen in ${tell.place()}.` },
	{ needs: 'people', write: (tell) => `${tell.people()} and ${tell.thing()}.` },
	{ write: (tell) => `Nobody expected ${tell.thing()} here, so close to ${tell.scene()}.` },
	{ write: (tell) => `From ${tell.scene()} one could hear the ${tell.occasion()}.` },
	{ write: (tell) => `${tell.thing()} in front of ${tell.thing()}.` },

	{ needs: 'people', write: (tell) => `Here ${tell.people()} came across ${tell.thing()}.` },
	{ write: (tell) => `There was ${tell.thing()} beside ${tell.scene()}!` },
	{ write: (tell) => `On the way to the ${tell.occasion()}: ${tell.thing()}.` },
	{ write: (tell) => `Behind ${tell.thing()} you can see ${tell.scene()}.` },
	{
		needs: 'people',
		write: (tell) => `${tell.people()} in ${tell.place()}, with ${tell.thing()}.`,
	},
	{ write: (tell) => `Lost for hours, then ${tell.thing()} and ${tell.thing()}.` },
	{ write: (tell) => `${tell.place()}: ${tell.thing()} under a grey sky.` },
];
