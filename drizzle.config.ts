import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/features/*/tables.ts', './src/edges/*/tables.ts'],
  out: './src/edges/storage/migrations',
});
