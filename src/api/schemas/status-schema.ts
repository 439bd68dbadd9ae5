import { z } from 'zod';
import { schemaRegistry } from './schema-registry.ts';

export const statusSchema = z
  .object({
    state: z
      .enum(['starting', 'ready', 'stopping', 'lost'])
      .describe('lost: the library was deleted or replaced under the server, or its disk does not answer'),
    version: z.string(),
    problem: z
      .string()
      .nullable()
      .describe(
        'What is wrong, and what to do: the library is lost, it was brought over to another model after the server was started, no new picture can be described (searches by id and by vector are answered all the same), or the index cannot be saved. Null when all is well.',
      ),
  })
  .register(schemaRegistry, { id: 'Status', description: 'Whether the server answers searches.' });

export type Status = z.infer<typeof statusSchema>;
