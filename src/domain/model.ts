import type { VectorName } from './descriptor.ts';

/** How a picture becomes a model's input tensor. Part of the model key: two recipes never mix. */
export interface InputRecipe {
  /** Name of the ONNX input, float32 [batch, 3, height, width]. */
  readonly name: string;
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  /** Whether the model takes other sizes than height x width. */
  readonly dynamic: boolean;
  /** Sizes a dynamic model takes are multiples of this, in pixels. */
  readonly multipleOf: number;
  /** `squash`: to height x width, proportions not kept. `crop`: shorter side to `resizeTo`, then the center. */
  readonly resize: 'squash' | 'crop';
  /** Pixels of the shorter side before a center crop; height for a squash. */
  readonly resizeTo: number;
  readonly kernel: 'cubic' | 'linear';
  /** Per channel R, G, B of values 0 to 1. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** A file of weights that an ONNX file refers to by name ("external data"). */
export interface ModelDataFile {
  /** Name inside the model's folder, as the ONNX file spells it. */
  readonly file: string;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** A vector that a model has an output for. */
export interface DeclaredVector {
  /** ONNX output, [batch, dimensions]. */
  readonly output: string;
  readonly dimensions: number;
}

/** Where matches end and chance begins among a model's similarities, each -1 to 1. */
export interface SimilarityBounds {
  /** At or above it, nine of ten nearest pictures were what was looked for. */
  readonly likely: number;
  /** Below it, at most one of ten was. */
  readonly unlikely: number;
}

/** A model folder's `model.json`, validated. */
export interface ModelManifest {
  readonly id: string;
  readonly title: string;
  /** Name of the ONNX file inside the folder. */
  readonly file: string;
  /** SHA-256 of the ONNX file, 64 hex digits. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Weights that lie in files of their own; none when the ONNX file holds them. */
  readonly data?: readonly ModelDataFile[] | undefined;
  readonly license: string;
  readonly source: string;
  readonly input: InputRecipe;
  readonly outputs: {
    /**
     * ONNX output with all tokens, [batch, 1 + registers + patches, dimensions], CLS first; for a model without
     * patch tokens the CLS embedding alone, [batch, dimensions].
     */
    readonly tokens: string;
    /**
     * Tensor with the last block's attention after softmax, [batch, heads, tokens, tokens], or null. When the ONNX
     * file does not declare it as an output, it has to be exposed first (see exposeOutput).
     */
    readonly attentions: string | null;
    /** Further vectors that a forward pass yields, by name; none when undefined. `cls` and `gem` come from the tokens. */
    readonly vectors?: Readonly<Record<VectorName, DeclaredVector>> | undefined;
  };
  /** Pixels of a patch's side; null for a model that gives no patch tokens. */
  readonly patchSize: number | null;
  /** Register tokens between CLS and the patches. */
  readonly registers: number;
  readonly dimensions: number;
  /** Attention heads of a block; null when it is not known. */
  readonly heads: number | null;
  /** Of the weights, as they are stored. */
  readonly dtype: 'float32' | 'float16' | 'int8' | 'int4';
  /** By vector, as measured over pictures that the model was not trained on; none when nobody measured them. */
  readonly bounds?: Readonly<Record<VectorName, SimilarityBounds>> | undefined;
  /** False when a picture's embedding would depend on the others in its batch (dynamic int8). */
  readonly batchSafe: boolean;
}

/** A model that is on disk, verified, and ready to load. */
export interface InstalledModel {
  readonly manifest: ModelManifest;
  /** Folder that holds model.json and the ONNX file. */
  readonly folder: string;
  /** SHA-256 over weights and recipe, 64 hex digits: what the catalog files descriptors under. */
  readonly key: string;
}
