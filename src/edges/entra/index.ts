export { type BotIdentity, buildIdentity, type Make } from './identity.ts';
