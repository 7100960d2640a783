/** Milliseconds of a camera move; none for those who asked for none. */
export function motion(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200;
}
