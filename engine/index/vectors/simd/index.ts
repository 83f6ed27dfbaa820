/** What vectors.wasm exports. */
export { configure } from './layout';
export { prepareQuery, quantise, rotate, scoreList, scoreRange } from './codes';
export { link, search } from './graph';
