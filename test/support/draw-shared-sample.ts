import { drawSample } from '../../src/sample/draw-sample.ts';

// Run before the tests: two of them read the sample where `npm start` draws it, and must not both draw it.
await drawSample('data/sample');
