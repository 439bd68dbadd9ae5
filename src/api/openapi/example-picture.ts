/** A picture as the examples of the OpenAPI document show it. */
export const EXAMPLE_PICTURE = {
  id: 1,
  contentHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  format: 'jpeg',
  width: 4032,
  height: 3024,
  pages: 1,
  sizeBytes: 3_412_877,
  takenAt: '2024-05-17T16:32:08+02:00',
  camera: 'Acme One',
  latitude: 47.3769,
  longitude: 8.5417,
  files: ['2024/lake.jpg'],
  fileCount: 1,
  thumbnail: '/v1/pictures/1/thumbnail',
} as const;

/** Another one, as a hit of the first. */
export const EXAMPLE_HIT = {
  ...EXAMPLE_PICTURE,
  id: 2,
  contentHash: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
  takenAt: '2024-05-17T16:32:11+02:00',
  files: ['2024/lake again.jpg'],
  thumbnail: '/v1/pictures/2/thumbnail',
  similarity: 0.9431,
  relation: 'burst',
} as const;

/** What similarities of one model mean in each space. */
export const EXAMPLE_MEANING = { space: 'similar', bounds: { likely: 0.95, unlikely: 0.38 } } as const;
export const EXAMPLE_COPY_MEANING = { space: 'copy', bounds: { likely: 0.87, unlikely: 0.75 } } as const;

/** A refusal. */
export const EXAMPLE_PROBLEM = {
  type: 'about:blank',
  title: 'Not Found',
  status: 404,
  code: 'NOT_FOUND',
  detail: 'The library has no picture 9999.',
  requestId: '5f0c1f5e-6f0e-4c35-9a53-6a4a2ffae0b1',
} as const;
