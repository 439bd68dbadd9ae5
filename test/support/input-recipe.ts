import type { InputRecipe } from '../../src/domain/model.ts';

/** How a small model might want its pictures. */
export const SQUASH: InputRecipe = {
  name: 'pixel_values',
  height: 64,
  width: 64,
  dynamic: true,
  multipleOf: 16,
  resize: 'squash',
  resizeTo: 64,
  kernel: 'cubic',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

export const CROP: InputRecipe = { ...SQUASH, resize: 'crop', resizeTo: 80 };
