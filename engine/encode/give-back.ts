/**
 * Gives the memory behind `bytes` back now, if nothing else lies in it: left to the collector, photos
 * pile up to a hundred megabytes, and models to several. They are empty afterwards.
 */
export function giveBack(bytes: Uint8Array): void {
	const buffer = bytes.buffer as ArrayBuffer;
	if (buffer.byteLength === bytes.byteLength) buffer.transfer(0);
}
