/** Three significant digits, for sentences. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = value.toPrecision(3);
  // `toPrecision` writes 1.2e+4 and 0.0000012: plain digits where they are short, powers of ten where not.
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(1) : String(Number(text));
}
