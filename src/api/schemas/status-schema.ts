import { z } from 'zod';
import { schemaRegistry } from './schema-registry.ts';

export const statusSchema = z
  .object({
    state: z.enum(['starting', 'ready', 'stopping']),
    version: z.string(),
    problem: z
      .string()
      .nullable()
      .describe(
        'Why no new picture can be described, and what to do; searches by id and by vector are answered all the same. Null when all is well.',
      ),
  })
  .register(schemaRegistry, { id: 'Status', description: 'Whether the server answers searches.' });

export type Status = z.infer<typeof statusSchema>;
