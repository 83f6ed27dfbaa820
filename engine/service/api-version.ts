/** Raised when a client of the old number could misread an answer. */
export const API_VERSION = 1;
