import { after, before, describe } from 'node:test';
import { badInput } from './bad-input';
import { captions } from './captions';
import { editor } from './editor';
import { galleryPage } from './gallery-page';
import { indexing } from './indexing';
import { resilience } from './resilience';
import { searching } from './searching';
import { Stage } from './stage';

// One n8n for everything: its start costs more than all tests together. The parts run in this
// order, and each says what it needs of the ones before it.
describe('in a real n8n', () => {
	let stage: Stage | undefined;
	const current = (): Stage => {
		if (!stage) throw new Error('The stage is not set');
		return stage;
	};

	before(async () => {
		stage = await Stage.set();
	});
	after(async () => await stage?.strike());

	indexing(current);
	searching(current);
	galleryPage(current);
	captions(current);
	editor(current);
	badInput(current);
	resilience(current);
});
