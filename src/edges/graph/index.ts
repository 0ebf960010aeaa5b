export { buildGraphCalendar } from './calendar.ts';
export { buildGraph, type Credential, type Graph, GraphError } from './client.ts';
export { graphCredential } from './credential.ts';
export { buildInstaller } from './installer.ts';
