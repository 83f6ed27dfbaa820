import type { Model } from '../../engine/client';
import { formatBytes, formatDuration } from '../../engine/format';
import { advice } from './advice';
import { faissLines } from './faiss';
import type { Report } from './report';
import { MEGAPIXELS } from './speed';

/** Name and value; a value of several lines continues under itself. */
type Row = [name: string, value: string | string[]];

/** The report as a table for people. */
export function render(report: Report): string {
	const { health, here, models } = report;
	const rows: Row[] = [
		[
			'Engine',
			`${health.version}, API ${health.api_version}, up ${formatDuration(health.uptime_s)}, ${formatBytes(health.rss_bytes)} of memory`,
		],
		...runtimeRows(report),
		...(here
			? ([
					['Data', here.dataDir],
					['Socket', here.socket],
					['Log', here.log],
				] as Row[])
			: []),
		['Models', modelLines(models)],
		['Speed', speedLine(report)],
		['Indexes', indexLines(report)],
		...(report.faiss ? [['FAISS', faissLines(report.faiss)] as Row] : []),
	];
	const lines = advice(report);
	rows.push(['Advice', lines.length > 0 ? lines : 'none: all is well']);

	const width = Math.max(...rows.map(([name]) => name.length));
	return rows
		.flatMap(([name, value]) =>
			[value].flat().map((line, i) => `${(i === 0 ? name : '').padEnd(width)}  ${line}`.trimEnd()),
		)
		.join('\n');
}

function runtimeRows({ runtime }: Report): Row[] {
	if (typeof runtime === 'string') return [['Runtime', `none: ${runtime}`]];
	const { onnxruntime, threads, cpu, cores, memory, node, platform } = runtime;
	const limit = cores.limit === null ? '' : `, limited to ${round(cores.limit)}`;
	return [
		['System', `Node ${node} on ${platform}`],
		[
			'Runtime',
			onnxruntime.name === 'native'
				? `native, onnxruntime ${onnxruntime.version}`
				: `WebAssembly, onnxruntime ${onnxruntime.version}, because ${onnxruntime.reason}`,
		],
		[
			'CPU',
			[
				cpu.model,
				cpu.features ? cpu.features.join(' ') || 'no vector features' : 'features unknown',
			],
		],
		[
			'Cores',
			`${cores.physical ?? 'unknown number of'} physical, ${cores.logical} logical${limit}; ${threads} ${threads === 1 ? 'thread' : 'threads'} per inference`,
		],
		[
			'Memory',
			formatBytes(memory.total_bytes) +
				(memory.limit_bytes === null ? '' : `, limited to ${formatBytes(memory.limit_bytes)}`),
		],
	];
}

function modelLines(models: Model[]): string[] {
	const width = Math.max(0, ...models.map(({ id }) => id.length));
	return models.map((model) => {
		const state =
			model.progress === undefined
				? model.state
				: `${model.state}, ${Math.floor(model.progress * 100)} %`;
		const disk = model.disk_bytes > 0 ? `, ${formatBytes(model.disk_bytes)}` : '';
		const precision = model.precision ? `, ${model.precision}` : '';
		return `${model.is_default ? '*' : ' '} ${model.id.padEnd(width)}  ${String(model.image_size).padStart(3)} px  ${state}${precision}${disk}`;
	});
}

function speedLine({ speed, models }: Report): string {
	const id = models.find((model) => model.is_default)?.id ?? 'the default model';
	if (speed === undefined) return `not measured: ${id} is not on disk, or --no-measure`;
	if (typeof speed === 'string') return speed;
	return `${id}: ${round(speed.images_per_s)} images/s (${round(MEGAPIXELS)} megapixels each), a text ${Math.round(speed.text_ms)} ms`;
}

function indexLines({ indexes }: Report): string | string[] {
	if (indexes.length === 0) return 'none yet';
	return indexes.map(
		({ name, photos, image_vectors, text_vectors, text_owed, bytes_on_disk }) =>
			`${name}: ${photos} photos, ${image_vectors.count} image vectors (${image_vectors.method}), ` +
			`${text_vectors.count} text vectors (${text_vectors.method})${text_owed > 0 ? `, ${text_owed} owed` : ''}, ${formatBytes(bytes_on_disk)}`,
	);
}

function round(value: number): string {
	return String(Number(value.toPrecision(2)));
}
