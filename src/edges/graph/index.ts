export { buildGraphCalendar } from './calendar.ts';
export { buildGraph, type Graph, GraphError } from './client.ts';
export { buildDirectory } from './directory.ts';
export { buildInstaller } from './installer.ts';
export { buildGraphMailbox } from './mailbox.ts';
