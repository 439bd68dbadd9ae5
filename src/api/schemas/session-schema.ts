import { z } from 'zod';
import { SCOPES } from '../keys/caller.ts';
import { schemaRegistry } from './schema-registry.ts';

export const sessionSchema = z
  .object({
    scope: z.enum(SCOPES).describe('what the key may do'),
    expiresAt: z.iso
      .datetime()
      .nullable()
      .describe('when the cookie ends, unless the key is revoked before; null without one'),
    fetchesUrls: z
      .boolean()
      .describe('whether this server fetches pictures by URL, from hosts that its operator has named'),
  })
  .register(schemaRegistry, { id: 'Session', description: 'What a browser may do by its cookie.' });

export type Session = z.infer<typeof sessionSchema>;
