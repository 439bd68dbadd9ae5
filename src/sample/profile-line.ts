import type { Canvas } from './scene.ts';

/**
 * Computes a line of the landscape once per column, so that every pixel below can look it up.
 * @param height of the line at x, both in picture heights
 */
export function profileLine(canvas: Canvas, height: (x: number) => number): (x: number) => number {
  const margin = Math.round(canvas.height * 0.1);
  const line = Float32Array.from({ length: canvas.width + 2 * margin }, (_, column) =>
    height((column - margin) / canvas.height),
  );
  return (x) => {
    const column = Math.round(x * canvas.height) + margin;
    return line[Math.max(0, Math.min(line.length - 1, column))] as number;
  };
}
