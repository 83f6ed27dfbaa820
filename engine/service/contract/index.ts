/**
 * The HTTP API, version 1: one schema per body, and the types that follow from them. The service
 * validates against these, `/openapi.json` is generated from them, and the client and the nodes
 * import only the types. Field names are snake_case on the wire.
 */
export * from './common';
export * from './embed';
export * from './file-types';
export * from './filter';
export * from './indexes';
export * from './generations';
export * from './search';
export * from './buckets';
export * from './jobs';
export * from './index-operations';
export * from './models';
export * from './operations';
export * from './runtime';
