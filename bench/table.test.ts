import { describe, expect, it } from 'vitest';
import { short, table } from './table';

describe('tables', () => {
  it('are as wide as their widest cells, numbers to the right', () => {
    expect(
      table(
        ['name', 'ms'],
        [
          ['a', '1.5'],
          ['longer', '120'],
        ],
      ),
    ).toBe(
      ['| name   |  ms |', '| ------ | --: |', '| a      | 1.5 |', '| longer | 120 |'].join('\n'),
    );
  });

  it('have numbers of about three digits', () => {
    expect([1234.5, 12.34, 1.234, 0.01234, 0].map(short)).toEqual([
      '1235',
      '12.3',
      '1.23',
      '0.012',
      '0',
    ]);
    expect(short(null)).toBe('–');
  });
});
