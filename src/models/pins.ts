import type { ModelPin, PinnedFile } from './pin.ts';

function file(
  path: string,
  sha256: string | null,
  size: { readonly bytes?: number; readonly megabytes?: number } = {},
): PinnedFile {
  return { path, sha256, sizeBytes: size.bytes ?? null, megabytes: size.megabytes ?? null };
}

const FLOAT = { dtype: 'float32', batchSafe: true } as const;
/** Dynamically quantized: activations are scaled by the largest of the whole batch. */
const INT8 = { dtype: 'int8', batchSafe: false } as const;

const SMALL = { dimensions: 384, heads: 6 } as const;
const BASE = { dimensions: 768, heads: 12 } as const;
const LARGE = { dimensions: 1024, heads: 16 } as const;

const OPEN = { license: 'Apache-2.0', licenseText: null, data: [] } as const;
const DINO_PAPER = 'DINO paper, arXiv 2104.14294, table 2';
const DINOV2_README = 'DINOv2 README, facebookresearch/dinov2';

const DINO_S16 = {
  ...OPEN,
  ...SMALL,
  repository: 'Xenova/dino-vits16',
  commit: '0a676f9',
  patchSize: 16,
  registers: 0,
  quality: { knnTop1: 74.5, source: DINO_PAPER },
} as const;

const DINO_S8 = {
  ...OPEN,
  ...SMALL,
  repository: 'Xenova/dino-vits8',
  commit: '1bbe14c',
  patchSize: 8,
  registers: 0,
  quality: { knnTop1: 78.3, source: DINO_PAPER },
} as const;

const DINO_B16 = {
  ...OPEN,
  ...BASE,
  repository: 'Xenova/dino-vitb16',
  commit: 'fe54825',
  patchSize: 16,
  registers: 0,
  quality: { knnTop1: 76.1, source: DINO_PAPER },
} as const;

const DINO_B8 = {
  ...OPEN,
  ...BASE,
  repository: 'Xenova/dino-vitb8',
  commit: 'b79b4ef',
  patchSize: 8,
  registers: 0,
  quality: { knnTop1: 77.4, source: DINO_PAPER },
} as const;

const DINOV2_S = {
  ...OPEN,
  ...SMALL,
  patchSize: 14,
  registers: 0,
  quality: { knnTop1: 79.0, source: DINOV2_README },
} as const;

const DINOV2_B = {
  ...OPEN,
  ...BASE,
  patchSize: 14,
  registers: 0,
  quality: { knnTop1: 82.1, source: DINOV2_README },
} as const;

const REGISTERS = { ...OPEN, patchSize: 14, registers: 4 } as const;

/**
 * Published exports that can be pulled by name. Commits, sizes and hashes are as found in public places; where
 * nobody tells one it is null. Every picture is normalized with ImageNet's mean and deviation, whatever a hub's
 * preprocessor_config.json says: one of them has changed it since.
 */
export const PINS: readonly ModelPin[] = [
  {
    ...DINO_S16,
    ...FLOAT,
    id: 'dino-vits16',
    title: 'DINO ViT-S/16',
    weights: file('onnx/model.onnx', null, { megabytes: 86.9 }),
  },
  {
    ...DINO_S16,
    ...INT8,
    id: 'dino-vits16-int8',
    title: 'DINO ViT-S/16, int8',
    weights: file(
      'onnx/model_quantized.onnx',
      '686df030e42d721ce72c8e89edc95cc9107068039298e3500d724727d69f172a',
      { megabytes: 22.7 },
    ),
  },
  {
    ...DINO_S8,
    ...FLOAT,
    id: 'dino-vits8',
    title: 'DINO ViT-S/8',
    weights: file('onnx/model.onnx', null, { megabytes: 86.9 }),
  },
  {
    ...DINO_S8,
    ...INT8,
    id: 'dino-vits8-int8',
    title: 'DINO ViT-S/8, int8',
    weights: file('onnx/model_quantized.onnx', null, { megabytes: 23.4 }),
  },
  {
    ...DINO_B16,
    ...FLOAT,
    id: 'dino-vitb16',
    title: 'DINO ViT-B/16',
    weights: file('onnx/model.onnx', null, { megabytes: 343 }),
  },
  {
    ...DINO_B16,
    ...INT8,
    id: 'dino-vitb16-int8',
    title: 'DINO ViT-B/16, int8',
    weights: file(
      'onnx/model_quantized.onnx',
      'aadbd2cff4c2b12966ddb9668e777edb7ff942d86157562da83cd346576c0205',
      { megabytes: 87.5 },
    ),
  },
  {
    ...DINO_B8,
    ...FLOAT,
    id: 'dino-vitb8',
    title: 'DINO ViT-B/8',
    weights: file('onnx/model.onnx', null),
  },
  {
    ...DINO_B8,
    ...INT8,
    id: 'dino-vitb8-int8',
    title: 'DINO ViT-B/8, int8',
    weights: file('onnx/model_quantized.onnx', null),
  },
  {
    ...DINOV2_S,
    ...FLOAT,
    id: 'dinov2-small',
    title: 'DINOv2 ViT-S/14',
    repository: 'onnx-community/dinov2-small',
    commit: '8b1f705a3a7f6f062f6bdd21986c1583d3ef105d',
    weights: file('onnx/model.onnx', 'f22797eabf810a75e41de68d378541ebea372122b25c4ce3ef25ff618250c20a', {
      bytes: 88_532_934,
    }),
  },
  {
    ...DINOV2_S,
    ...INT8,
    id: 'dinov2-small-int8',
    title: 'DINOv2 ViT-S/14, int8',
    repository: 'Xenova/dinov2-small',
    commit: 'c2bb04a51fab207c420665f1946016107bffc701',
    weights: file(
      'onnx/model_quantized.onnx',
      '3afdc8bc63b50558d6e5770f5b799bb82455c2311183a2de43803f343a29d917',
      { bytes: 24_451_943 },
    ),
  },
  {
    ...DINOV2_B,
    ...FLOAT,
    id: 'dinov2-base',
    title: 'DINOv2 ViT-B/14',
    repository: 'Xenova/dinov2-base',
    commit: '208ae4a',
    weights: file('onnx/model.onnx', '2c7a813d6e0d25784d0c29227760b08cb72f2bee9d928da935a31480a649bbce', {
      megabytes: 347,
    }),
  },
  {
    ...DINOV2_B,
    ...INT8,
    id: 'dinov2-base-int8',
    title: 'DINOv2 ViT-B/14, int8',
    repository: 'onnx-community/dinov2-base',
    commit: null,
    weights: file(
      'onnx/model_quantized.onnx',
      'c79e7eda56acab17b5e338389b4b2132a1096b8d3bb9c5f7b22f84666f0c2015',
      { megabytes: 91 },
    ),
  },
  {
    ...REGISTERS,
    ...SMALL,
    ...FLOAT,
    id: 'dinov2-registers-small',
    title: 'DINOv2 with registers ViT-S/14',
    repository: 'onnx-community/dinov2-with-registers-small',
    commit: 'ec7abea1a8757ec4f9f7b26399d31234ffaa6e6a',
    quality: { knnTop1: 79.1, source: DINOV2_README },
    weights: file('onnx/model.onnx', '815e440d222e60294bb5b165491c4760e7f08dc7ecd2488a5450e93d50887efe'),
  },
  {
    ...REGISTERS,
    ...BASE,
    ...INT8,
    id: 'dinov2-registers-base-int8',
    title: 'DINOv2 with registers ViT-B/14, int8',
    repository: 'onnx-community/dinov2-with-registers-base',
    commit: '8c902fc',
    quality: { knnTop1: 82.0, source: DINOV2_README },
    weights: file(
      'onnx/model_uint8.onnx',
      '4dc40ad772b786905c449999edca4d772d31419f73168ab228c59ad430203b08',
      { megabytes: 91 },
    ),
  },
  {
    ...REGISTERS,
    ...LARGE,
    ...INT8,
    id: 'dinov2-registers-large-int8',
    title: 'DINOv2 with registers ViT-L/14, int8',
    repository: 'onnx-community/dinov2-with-registers-large',
    commit: '343e4f0',
    quality: { knnTop1: 83.8, source: DINOV2_README },
    weights: file(
      'onnx/model_quantized.onnx',
      '00383884cf15d4ced9dcaa1f1da98f34ec47b242ad92d43d35d370cffcd8b02c',
      { megabytes: 312 },
    ),
  },
  {
    ...SMALL,
    ...FLOAT,
    id: 'dinov3-vits16',
    title: 'DINOv3 ViT-S/16 (built with DINOv3)',
    license: 'DINOv3 License',
    repository: 'onnx-community/dinov3-vits16-pretrain-lvd1689m-ONNX',
    commit: '48988dfe73065df8d6f5ccc0edc7c8bcf307de41',
    patchSize: 16,
    registers: 4,
    quality: null,
    weights: file('onnx/model.onnx', 'bb75e9e30ff382ecdbd150266445ab41272be4acc85fd3563218dd89781e36da', {
      bytes: 137_969,
    }),
    data: [
      file('onnx/model.onnx_data', '1eff0bb9f4fdef831ca61c8bc2b5c88d8cc21ef4756d3b483d9b9c15d8d5d27f', {
        bytes: 86_347_776,
      }),
    ],
    licenseText: file('LICENSE.md', 'aa878c2fe56729d87f735e1cab375b27079aa2ef5f9a06e85456a4ba2c89e7b8', {
      bytes: 7_502,
    }),
  },
];
