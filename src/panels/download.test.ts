import { describe, expect, it } from 'vitest';
import { fileName } from './download';

describe('fileName', () => {
  it('keeps letters and digits of any script', () => {
    expect(fileName('VICReg: my 2nd try (copy)', 'json')).toBe('VICReg-my-2nd-try-copy.json');
    expect(fileName('Énergie 能量', 'csv')).toBe('Énergie-能量.csv');
  });

  it.each([
    ['ऊर्जा का परिदृश्य', 'ऊर्जा-का-परिदृश्य'],
    ['พลังงาน ที่ต่ำ', 'พลังงาน-ที่ต่ำ'],
    ['طاقة مُنخفِضة', 'طاقة-مُنخفِضة'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['❤️ love ❤️', 'love'],
    ['👩\u200d🔬 run', 'run'],
  ])('of %s keep what is written on letters', (title, name) => {
    expect(fileName(title, 'json')).toBe(`${name}.json`);
  });

  it('cut no letter in two', () => {
    const stem = fileName('क्षि'.repeat(60), 'json').replace('.json', '');
    expect(stem.length).toBeLessThanOrEqual(80);
    expect('क्षि'.repeat(60).startsWith(stem)).toBe(true);
    expect(stem.endsWith('क्षि')).toBe(true);
    expect(fileName(`a${'\u0301'.repeat(300)}`, 'json')).toBe('basin.json');
  });

  it('never makes a path, a hidden file or an empty name', () => {
    expect(fileName('../../etc/passwd', 'json')).toBe('etc-passwd.json');
    expect(fileName('.../', 'json')).toBe('basin.json');
    expect(fileName('x'.repeat(300), 'json')).toHaveLength(85);
  });
});
