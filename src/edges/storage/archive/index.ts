export { readArchive, type Taken } from './reading.ts';
export { type Written, writeArchive } from './writing.ts';
