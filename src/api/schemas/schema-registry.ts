import { z } from 'zod';

/** The schemas that the OpenAPI document lists by name. */
export const schemaRegistry = z.registry<{ id: string; description: string }>();
