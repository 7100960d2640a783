import { describe, expect, it } from 'vitest';
import { probeKnn } from './definition';

describe('probe.knn', () => {
  it('asks the 20 nearest of Wu et al., trains nothing, and predicts', () => {
    expect(probeKnn.params.parse({})).toEqual({ neighbours: 20 });
    expect(probeKnn.params.safeParse({ neighbours: 0 }).success).toBe(false);
    expect(probeKnn.probe).toEqual({ reading: 'knn', predicts: true });
  });
});
