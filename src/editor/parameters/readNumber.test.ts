import { describe, expect, it } from 'vitest';
import { readNumber } from './readNumber';

type Row = readonly [text: string, value: number | null];

function check(rows: readonly Row[], whole: boolean, locales: readonly string[]): void {
  it.each(locales)(`is read in %s${whole ? ', in a field for whole numbers' : ''}`, (locale) => {
    const read = rows.map(([text]) => [text, readNumber(text, { whole, locale })]);
    expect(read).toEqual(rows);
  });
}

/** Languages with a point before decimals, and with a comma. */
const POINT = ['en', 'en-IN', 'de-CH', 'ja', 'th', 'hi'];
const COMMA = ['de', 'fr', 'pt-BR', 'ru', 'fa-u-nu-latn'].filter((locale) =>
  new Intl.NumberFormat(locale).format(0.5).includes(','),
);

describe('a number as it is typed', () => {
  const everywhere: readonly Row[] = [
    ['1024', 1024],
    [' 2.5 ', 2.5],
    ['0.001', 0.001],
    ['1e-3', 0.001],
    ['1E−3', 0.001],
    ['2.5e+2', 250],
    ['.5', 0.5],
    [',5', 0.5],
    ['5.', 5],
    ['-2', -2],
    ['−2', -2],
    ['– 2', -2],
    ['+2', 2],
    ['007', 7],
    ['2,5', 2.5],
    ['0,001', 0.001],
    ['0.125', 0.125],
    ['1.125', 1.125],
    ['12,34', 12.34],
    ['1024,5', 1024.5],
    ['1 024', 1024],
    ['1\u202f024\u00a0576', 1024576],
    ["1'024", 1024],
    ['1’024.5', 1024.5],
    ['1_000_000', 1e6],
    ['1,024.5', 1024.5],
    ['1.024,5', 1024.5],
    ['1 024,5', 1024.5],
    ['1,024,576', 1024576],
    ['1.024.576', 1024576],
    ['1,024,576.25', 1024576.25],
    ['1,00,000', 100000],
    ['12,34,567.5', 1234567.5],
    ['٣٫٥', 3.5],
    ['١٬٠٢٤', 1024],
    ['۱۲۸', 128],
    ['१२८', 128],
    ['１２８', 128],
    ['', null],
    ['-', null],
    ['e5', null],
    ['1e', null],
    ['1e999', null],
    ['1e-400', null],
    ['0e-400', 0],
    ['abc', null],
    ['64x', null],
    ['1e-3 1', null],
    ['½', null],
    ['1½', null],
    ['1/2', null],
    ['10²', null],
    ['5%', null],
    ['0x10', null],
    ['Infinity', null],
    ['NaN', null],
    ['1,02,4', null],
    ['1,0,2', null],
    ['1.0.1', null],
    ['1,024,5', null],
    ['0,001,000', null],
    ['1,024.576,5', null],
    ['1.5 000', null],
    ['10 24', null],
    ['1  024', null],
    ['1,,024', null],
    ['--1', null],
    ['.', null],
    [',', null],
    ["'5", null],
  ];
  check(everywhere, false, [...POINT, ...COMMA]);

  const whole: readonly Row[] = [
    ['1,024', 1024],
    ['1.024', 1024],
    ['10,000', 10000],
    ['10.000', 10000],
    ['-1,024', -1024],
    ['1.5e3', 1500],
    ['1.024e3', 1024],
    ['6.5', 6.5],
    ['10.0', 10],
    ['0,001', 0.001],
    ['1024,000', 1024],
  ];
  check(whole, true, [...POINT, ...COMMA]);

  // Where whole numbers and fractions are both possible, the comma is as it is at home.
  check([['1,024', 1024]], false, POINT);
  check([['1,024', 1.024]], false, COMMA);
  check([['1.024', 1.024]], false, [...POINT, ...COMMA]);

  it('knows languages of both kinds', () => {
    expect(COMMA.length).toBeGreaterThan(3);
  });
});
