/** What V8, libvips, its decoders and ONNX Runtime say when memory has run out. */
const SHORTAGE =
  /out of memory|insufficient memory|cannot allocate memory|failed to allocate memory|memory allocation|allocation failed|bad_alloc/i;

/** libheif calls it a failed allocation when a file asks for more than any picture may. */
const LIMIT = /security limit/i;

/** Whether an error is about memory that was not there: another time it may be. */
export function isMemoryShortage(error: unknown): boolean {
  const said = error instanceof Error ? error.message : String(error);
  return SHORTAGE.test(said) && !LIMIT.test(said);
}
