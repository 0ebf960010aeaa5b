import './quick-loading.ts';

// Whoever reads has read enough: « courtier fiche list | head ».
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const { runCli } = await import('./commands/index.ts');
process.exitCode = await runCli(process.argv, process.env);
