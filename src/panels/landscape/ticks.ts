/** Round numbers from one end to the other, about as many as asked for: multiples of 1, 2 or 5 and a power of ten. */
export function ticks([low, high]: readonly [number, number], count: number): number[] {
  const length = high - low;
  if (!(length > 0) || !Number.isFinite(length) || count < 1) return [];
  const rough = length / count;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((one) => one * ten >= rough) ?? 10) * ten;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const value = (first + index) * step;
    // Without the noise of binary fractions, and without −0.
    return Number(value.toPrecision(12)) + 0;
  });
}
