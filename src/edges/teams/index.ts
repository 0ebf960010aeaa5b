export { buildAppPackage } from './app-package.ts';
export { buildApplication } from './application.ts';
export { type BotCredentials, buildAuthentication } from './authentication.ts';
export { buildEndpoint } from './endpoint.ts';
export { buildMessenger } from './messenger.ts';
export { buildRenderer } from './render.ts';
export { buildServer, type Server } from './server.ts';
