import './quick-loading.ts';

const { runCli } = await import('./commands/index.ts');
process.exitCode = await runCli(process.argv, process.env);
