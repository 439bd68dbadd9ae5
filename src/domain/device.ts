/** What a forward pass can run on: the processor, or what ONNX Runtime finds through one of its providers. */
export const DEVICES = ['cpu', 'cuda', 'coreml', 'dml', 'webgpu'] as const;

export type Device = (typeof DEVICES)[number];
