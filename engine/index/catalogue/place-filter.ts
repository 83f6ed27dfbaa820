import type { Near } from '../../service/contract';
import type { Where } from './where';

/** Mean radius of the earth, kilometres (IUGG). */
const EARTH_KM = 6371.0088;

const RADIANS = Math.PI / 180;

/** Widens the box a little, so that rounding never cuts off what the circle keeps. Degrees. */
const SLACK = 1e-6;

/**
 * Photos within a circle on the globe: a box around it, which the index on places finds, and the
 * great-circle distance (haversine) in it. Right across the date line and around the poles.
 */
export function nearTo({ lat, lon, km }: Near): Where {
	const angle = km / EARTH_KM;
	const box = boxAround(lat, lon, angle);
	// Above half the circumference the circle is the earth; sin² would begin to fall again.
	if (angle >= Math.PI)
		return { sql: 'photos.lat IS NOT NULL AND photos.lon IS NOT NULL', values: [] };
	return {
		sql: `${box.sql} AND pow(sin(radians(photos.lat - ?) / 2), 2)
			+ cos(radians(?)) * cos(radians(photos.lat)) * pow(sin(radians(photos.lon - ?) / 2), 2) <= ?`,
		values: [...box.values, lat, lat, lon, Math.sin(angle / 2) ** 2],
	};
}

function boxAround(lat: number, lon: number, angle: number): Where {
	const height = angle / RADIANS + SLACK;
	const rows: Where = {
		sql: 'photos.lat BETWEEN ? AND ?',
		values: [lat - height, lat + height],
	};
	// A circle around a pole meets every meridian.
	if (Math.abs(lat) + height >= 90) return rows;
	// Where the circle touches its outermost meridians, it is a little nearer to the pole than its centre.
	const width = Math.asin(Math.sin(angle) / Math.cos(lat * RADIANS)) / RADIANS + SLACK;
	const [west, east] = [lon - width, lon + width];
	if (west < -180) return and(rows, '(photos.lon >= ? OR photos.lon <= ?)', west + 360, east);
	if (east > 180) return and(rows, '(photos.lon >= ? OR photos.lon <= ?)', west, east - 360);
	return and(rows, 'photos.lon BETWEEN ? AND ?', west, east);
}

function and({ sql, values }: Where, more: string, ...added: number[]): Where {
	return { sql: `${sql} AND ${more}`, values: [...values, ...added] };
}
