import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { solveLayouts } from '../../src/model-probe/solve-layouts.ts';

const at = (side: number, tokens: number) => ({ height: side, width: side, tokens });

describe('solveLayouts', () => {
  it('knows the token counts of published models at 224 pixels', () => {
    assert.deepEqual(solveLayouts([at(224, 197)]), [{ patchSize: 16, specials: 1 }]);
    assert.deepEqual(solveLayouts([at(224, 785)]), [{ patchSize: 8, specials: 1 }]);
    assert.deepEqual(solveLayouts([at(224, 257)]), [{ patchSize: 14, specials: 1 }]);
    assert.deepEqual(solveLayouts([at(224, 261)]), [{ patchSize: 14, specials: 5 }]);
    assert.deepEqual(solveLayouts([at(224, 201)]), [{ patchSize: 16, specials: 5 }]);
  });

  it('gives every answer where one size leaves several, and one where two sizes decide', () => {
    assert.deepEqual(solveLayouts([at(224, 65)]), [
      { patchSize: 28, specials: 1 },
      { patchSize: 32, specials: 16 },
    ]);
    assert.deepEqual(solveLayouts([at(224, 65), at(448, 257)]), [{ patchSize: 28, specials: 1 }]);
  });

  it('gives none for what no grid explains', () => {
    assert.deepEqual(solveLayouts([at(224, 100)]), []);
    assert.deepEqual(solveLayouts([at(224, 197), at(448, 197)]), []);
  });
});
