export { embedded, openEmbedded, openPostgres, type Storage } from './open.ts';
