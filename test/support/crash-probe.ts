// Loaded before the assistant into a process of its own: what it is told, it throws where nobody catches it.
process.on('message', (how) => {
  const error = new Error('Alex Gagnon a écrit : bonjour', { cause: new TypeError('secret') });
  if (how === 'throw')
    setImmediate(() => {
      throw error;
    });
  else Promise.reject(error);
});
process.channel?.unref();
