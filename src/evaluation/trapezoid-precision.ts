/**
 * Average precision as the area below precision over recall, by trapezoids: `compute_ap` of the revisited Oxford and Paris
 * evaluation (F. Radenović et al., Revisiting Oxford and Paris, CVPR 2018; revisitop, python/evaluate.py), and
 * `score_ap_from_ranks_1` of INRIA Holidays and Copydays (H. Jégou et al., ECCV 2008), as DINO's eval_copy_detection.py has
 * it. Harsher than a mean of precisions: a single right picture at the second place gives 1/4.
 * @param ranks of the right pictures that were found, from 0, ascending
 * @param right how many right pictures there are, found or not, above 0
 * @returns 0 to 1
 */
export function trapezoidPrecision(ranks: readonly number[], right: number): number {
  let area = 0;
  for (const [found, rank] of ranks.entries()) {
    const before = rank === 0 ? 1 : found / rank;
    const after = (found + 1) / (rank + 1);
    area += (before + after) / (2 * right);
  }
  return area;
}
