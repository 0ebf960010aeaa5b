import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

/**
 * The peer: the smallest bot that botbuilder and restify make, as in their documentation. With a database it opens that,
 * and does nothing with it: what any bot that keeps something must do.
 */
const { ECHO_DATA, ECHO_DATABASE } = process.env;
if (ECHO_DATA) await (await import('@electric-sql/pglite')).PGlite.create(`${ECHO_DATA}/pg`);
if (ECHO_DATABASE)
  await new (await import('pg')).default.Client({ connectionString: ECHO_DATABASE }).connect();
const bot = new ActivityHandler().onMessage(async (context, next) => {
  await context.sendActivity(`Vous avez dit : ${context.activity.text}`);
  await next();
});
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
  await adapter.process(request as never, response as never, (context) => bot.run(context));
});
server.get('/readyz', async (_request: restify.Request, response: restify.Response) => response.send(200));
server.listen(0, '127.0.0.1', () => process.stderr.write(`"port":${server.address().port}\n`));
