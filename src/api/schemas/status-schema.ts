import { z } from 'zod';
import { schemaRegistry } from './schema-registry.ts';

export const statusSchema = z
  .object({
    state: z.enum(['starting', 'ready', 'stopping']),
    version: z.string(),
  })
  .register(schemaRegistry, { id: 'Status', description: 'Whether the server answers searches.' });

export type Status = z.infer<typeof statusSchema>;
