import { describe, expect, it } from 'vitest';
import { withSection } from './results';

describe('the file of results', () => {
  it('keeps other sections and replaces its own', () => {
    const first = withSection('', 'scaling', 'old numbers');
    const second = withSection(first, 'side by side', 'ratios\n\n### Part\n\nmore');
    expect(second.indexOf('## Side by side')).toBeLessThan(second.indexOf('## Scaling'));
    const third = withSection(second, 'scaling', 'new numbers');
    expect(third).toContain('ratios\n\n### Part\n\nmore\n');
    expect(third).toContain('new numbers');
    expect(third).not.toContain('old numbers');
    expect(withSection(third, 'scaling', 'new numbers')).toBe(third);
  });
});
