export { type BotCredentials, buildAuthentication } from './authentication.ts';
export { buildEndpoint } from './endpoint.ts';
export { buildMessenger } from './messenger.ts';
export { buildRenderer } from './render.ts';
export { buildServer, type Server } from './server.ts';

/** teams-ai takes a quarter of a second to load: it is loaded once the rest is ready. */
export const loadApplication = async () => (await import('./application.ts')).buildApplication;
