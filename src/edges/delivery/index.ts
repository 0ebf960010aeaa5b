export { buildConversations } from './conversations.ts';
