/** A named vector space derived from descriptors; each has one vector index. `similar` is the CLS token. */
export type SpaceId = 'similar';
