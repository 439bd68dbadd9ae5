import type { Example } from '../route.ts';

export interface Examples {
  readonly positive: readonly Example[];
  readonly negative: readonly Example[];
}

/** The same examples with one that more shall be like; nothing is wanted and unwanted at once. */
export function moreLike({ positive, negative }: Examples, example: Example): Examples {
  return { positive: [...without(positive, example), example], negative: without(negative, example) };
}

/** The same with one that less shall be like. */
export function lessLike({ positive, negative }: Examples, example: Example): Examples {
  return { positive: without(positive, example), negative: [...without(negative, example), example] };
}

/** The same without one. */
export function withoutExample({ positive, negative }: Examples, example: Example): Examples {
  return { positive: without(positive, example), negative: without(negative, example) };
}

function without(examples: readonly Example[], example: Example): Example[] {
  return examples.filter((other) => other !== example);
}
