import { z } from 'zod';

/** The path of a file or folder, as answers show it. */
export const pathSchema = z
  .string()
  .min(1)
  .max(4_096)
  .refine((path) => !path.includes('\0') && !path.split('/').includes('..'), {
    message: 'expected a path without ".." and NUL',
  })
  .refine((path) => !/\p{Surrogate}/u.test(path), {
    message: 'expected Unicode text, found half of a surrogate pair',
  });
