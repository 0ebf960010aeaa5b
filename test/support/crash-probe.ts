import { EventEmitter } from 'node:events';

// Loaded before the assistant into a process of its own: what it is told, it throws where nobody catches it.
process.on('message', (how) => {
  if (how === 'lose') {
    // As a server that stops ends a connection, with its words.
    const goodbye = Object.assign(new Error('Alex Gagnon : terminating connection'), { code: '57P01' });
    setImmediate(() => new EventEmitter().emit('error', goodbye));
    return;
  }
  const error = new Error('Alex Gagnon a écrit : bonjour', { cause: new TypeError('secret') });
  if (how === 'throw')
    setImmediate(() => {
      throw error;
    });
  else Promise.reject(error);
});
process.channel?.unref();
