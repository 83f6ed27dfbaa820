import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCpuInfo, parseSysctl } from '../../../engine/encode/runtime/cpu';

describe('CPU features', () => {
	it('x86-64 from /proc/cpuinfo', () => {
		const text =
			'model name\t: Xeon\nflags\t\t: fpu sse4_2 avx2 fma avx512f avx512_vnni amx_int8\n';
		assert.deepEqual(parseCpuInfo(text), ['avx2', 'fma', 'avx512f', 'avx512_vnni', 'amx_int8']);
	});

	it('arm64 from /proc/cpuinfo, under the names that matrix kernels are known by', () => {
		const text = 'processor\t: 0\nFeatures\t: fp asimd evtstrm aes asimddp sve i8mm bf16\n';
		assert.deepEqual(parseCpuInfo(text), ['neon', 'dotprod', 'i8mm', 'bf16', 'sve']);
	});

	it('what only some cores have is not counted, or the others crash', () => {
		const text = 'Features\t: asimd asimddp\n\nFeatures\t: asimd\n';
		assert.deepEqual(parseCpuInfo(text), ['neon']);
	});

	it('an empty list is known to be empty, a missing one is unknown', () => {
		assert.deepEqual(parseCpuInfo('flags\t\t: fpu sse2\n'), []);
		assert.equal(parseCpuInfo('processor\t: 0\n'), undefined);
		assert.equal(parseSysctl(''), undefined);
	});

	it('Macs of both kinds from sysctl', () => {
		const apple =
			'hw.optional.arm64: 1\nhw.optional.AdvSIMD: 1\nhw.optional.arm.FEAT_DotProd: 1\nhw.optional.arm.FEAT_I8MM: 0\n';
		assert.deepEqual(parseSysctl(apple), ['neon', 'dotprod']);
		const intel =
			'machdep.cpu.features: FPU SSE4.2 FMA\nmachdep.cpu.leaf7_features: AVX2 AVX512F AVX512VNNI\n';
		assert.deepEqual(parseSysctl(intel), ['avx2', 'fma', 'avx512f', 'avx512_vnni']);
	});
});
