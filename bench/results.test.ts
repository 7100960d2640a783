import { describe, expect, it } from 'vitest';
import { machineLine, withSection } from './results';

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

it('the line on the machine names browser and adapter, and says where there is none', () => {
  expect(machineLine('nvidia, a card', '1.2.3')).toMatch(
    / · Chromium 1\.2\.3 · WebGPU adapter: nvidia, a card · load /,
  );
  expect(machineLine('', '1.2.3')).toContain('WebGPU adapter: none');
});
