import { describe, expect, it } from 'vitest';
import { fileName } from './download';

describe('fileName', () => {
  it('keeps letters and digits of any script', () => {
    expect(fileName('VICReg: my 2nd try (copy)', 'json')).toBe('VICReg-my-2nd-try-copy.json');
    expect(fileName('Énergie 能量', 'csv')).toBe('Énergie-能量.csv');
  });

  it('never makes a path, a hidden file or an empty name', () => {
    expect(fileName('../../etc/passwd', 'json')).toBe('etc-passwd.json');
    expect(fileName('.../', 'json')).toBe('basin.json');
    expect(fileName('x'.repeat(300), 'json')).toHaveLength(85);
  });
});
