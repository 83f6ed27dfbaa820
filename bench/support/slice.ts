/** What was done in how long. */
export interface Slice {
	images: number;
	seconds: number;
}
