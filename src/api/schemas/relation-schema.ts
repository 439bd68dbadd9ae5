import { z } from 'zod';
import { MATCH_RELATIONS } from '../../engine/picture-match.ts';

/** See MatchRelation. */
export const relationSchema = z
  .enum(MATCH_RELATIONS)
  .describe(
    'the same bytes; the same coded picture, so that only metadata differs; the same pixels; a copy, told by laying one over the other; what may be a copy and cannot be told; the scene at another time',
  );
