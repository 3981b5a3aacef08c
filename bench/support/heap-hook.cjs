// Preloaded into a bot that is measured: tells what is left in its main thread's memory when asked.
process.on('message', message => {
  if (message === 'memory') {
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send?.({ heap: heapUsed + external, rss });
  }
});
