import type { PhotoRecord } from '../../engine/index/vector-index';
import type { ExcludedPhotos, MetadataCondition, PhotoFilter } from '../../engine/service/contract';

/**
 * What a filter promises, photo by photo and without SQL. Slow and plain on purpose: whatever the
 * planner does must come to the same.
 */
export function passes(photo: PhotoRecord, filter: PhotoFilter): boolean {
	const { key } = placeOf(photo);
	const tags = folded(photo.tags);
	const people = folded(photo.people);
	const { has_people: hasPeople, prefix } = filter;
	return (
		holds(photo, filter) &&
		(!prefix || (key?.startsWith(prefix) ?? false)) &&
		(filter.tags_all ?? []).every((tag) => tags.has(fold(tag))) &&
		(!filter.tags_any?.length || filter.tags_any.some((tag) => tags.has(fold(tag)))) &&
		!(filter.tags_none ?? []).some((tag) => tags.has(fold(tag))) &&
		(filter.people_all ?? []).every((name) => people.has(fold(name))) &&
		(!filter.people_any?.length || filter.people_any.some((name) => people.has(fold(name)))) &&
		!(filter.people_none ?? []).some((name) => people.has(fold(name))) &&
		(hasPeople === undefined || people.size > 0 === hasPeople) &&
		(filter.metadata ?? []).every((condition) => meets(photo, condition)) &&
		!(filter.none ?? []).some((excluded) => holds(photo, excluded))
	);
}

function holds(photo: PhotoRecord, filter: ExcludedPhotos): boolean {
	const { bucket, key } = placeOf(photo);
	if (filter.bucket !== undefined && filter.bucket !== bucket) return false;
	if (![filter.path ?? []].flat().every((part) => contains(key ?? photo.id, part))) return false;
	const taken = photo.taken_at ? moment(photo.taken_at) : undefined;
	const after = moment(filter.taken_after ?? '');
	const before = moment(filter.taken_before ?? '');
	if (after && !(taken && taken[after.by] >= after[after.by])) return false;
	if (before && !(taken && taken[before.by] < before[before.by])) return false;
	const camera = cameraOf(photo);
	if (
		!fold(filter.camera ?? '')
			.split(' ')
			.every((word) => camera.includes(word))
	)
		return false;
	if (!filter.near) return true;
	const { lat, lon } = photo;
	if (typeof lat !== 'number' || typeof lon !== 'number') return false;
	return kilometres([lat, lon], [filter.near.lat, filter.near.lon]) <= filter.near.km;
}

function placeOf({ s3_path }: PhotoRecord): { bucket?: string; key?: string } {
	const [bucket, ...key] = s3_path?.replace('s3://', '').split('/') ?? [];
	return bucket === undefined ? {} : { bucket, key: key.join('/') };
}

/** The parts between stars, one after the other. */
function contains(text: string, part: string): boolean {
	const same = (one: string) => one.normalize('NFC').toLowerCase();
	let at = 0;
	return part.split('*').every((piece) => {
		const found = same(text).indexOf(same(piece), at);
		at = found + same(piece).length;
		return found !== -1;
	});
}

/** Milliseconds; compared by the clock on the wall unless a zone is named. */
function moment(
	text: string,
): { wall: number; instant: number; by: 'wall' | 'instant' } | undefined {
	const [, date, time, zone] =
		/^([\d-]{4,10})(?:[T ]([\d:]+))?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
	if (date === undefined) return undefined;
	const day = `${date}-01-01`.slice(0, 10);
	const clock = `${day}T${time ?? '00:00'}`;
	const wall = Date.parse(`${clock}Z`);
	return { wall, instant: zone ? Date.parse(clock + zone) : wall, by: zone ? 'instant' : 'wall' };
}

function cameraOf({ metadata }: PhotoRecord): string {
	const camera = metadata?.camera as string | { make?: string; model?: string } | undefined;
	if (typeof camera !== 'object') return fold(camera ?? '');
	return fold([camera.make, camera.model].filter(Boolean).join(' '));
}

/** Along the surface, from the angle between two points of a ball. */
function kilometres(a: [number, number], b: [number, number]): number {
	const [p, q] = [a, b].map(([lat, lon]) => {
		const [y, x] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
		return [Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)] as const;
	}) as [readonly [number, number, number], readonly [number, number, number]];
	const cross = Math.hypot(
		p[1] * q[2] - p[2] * q[1],
		p[2] * q[0] - p[0] * q[2],
		p[0] * q[1] - p[1] * q[0],
	);
	return 6371.0088 * Math.atan2(cross, p[0] * q[0] + p[1] * q[1] + p[2] * q[2]);
}

function meets({ metadata }: PhotoRecord, { field, op, value }: MetadataCondition): boolean {
	if (op === '!=') return !meets({ id: '', metadata }, { field, op: '=', value });
	let found: unknown = metadata;
	for (const name of field.split('.')) {
		const isObject = typeof found === 'object' && found !== null && !Array.isArray(found);
		found = isObject && Object.hasOwn(found as object, name) ? (found as never)[name] : undefined;
	}
	if (value === null) return found === undefined || found === null;
	const entries: unknown[] = Array.isArray(found) ? found : [found];
	return entries.some((entry) => {
		if (op === 'in') return (value as unknown[]).some((one) => order(entry, one) === 0);
		const is = order(entry, value);
		if (is === undefined) return false;
		if (op === '=') return is === 0;
		return op[0] === '<'
			? is < 0 || (op === '<=' && is === 0)
			: is > 0 || (op === '>=' && is === 0);
	});
}

/** Of values of one kind; `undefined` for others. */
function order(a: unknown, b: unknown): number | undefined {
	if (typeof a === 'string' && typeof b === 'string') {
		return Buffer.compare(Buffer.from(a), Buffer.from(b));
	}
	if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
	return typeof a === 'boolean' && a === b ? 0 : undefined;
}

const fold = (name: string) => name.normalize('NFC').trim().toLowerCase();
const folded = (names: string[] | null | undefined) => new Set((names ?? []).map(fold));
