import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from './process.ts';

const Rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string(),
          labels: z.object({ severity: z.enum(['critical', 'warning', 'info']) }),
          annotations: z.object({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});

/** The alerts of `ops/alerts.yaml`, in its order. */
export const alertRules = Rules.parse(
  parse(readFileSync(join(ROOT, 'ops/alerts.yaml'), 'utf8')),
).groups.flatMap((group) => group.rules);
