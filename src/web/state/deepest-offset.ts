/** Where the deepest page of hits begins that the API answers with; it refuses those beyond. */
export const DEEPEST_OFFSET = 10_000;
