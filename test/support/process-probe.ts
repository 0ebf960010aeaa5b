// Loaded before the assistant into a process of its own: tells whoever started it what it holds, once its garbage is
// collected.
const collect = (globalThis as { gc?: () => void }).gc;

process.on('message', () => {
  collect?.();
  const { heapUsed, external } = process.memoryUsage();
  const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  process.send?.({ bytes: heapUsed + external, sockets });
});
process.channel?.unref();

export interface Held {
  readonly bytes: number;
  readonly sockets: number;
}
