import type { Domain } from './inferenceStrategy';

/** A latent, as far as its values can be listed. */
interface Coded {
  readonly domain: Domain;
  /** Numbers of its value. */
  readonly size: number;
  readonly label: string;
}

/** How many values a list of them has; null where there is a continuum. */
export function codeCount({ domain }: Pick<Coded, 'domain'>): number | null {
  if (domain.kind === 'one-hot') return domain.size;
  return domain.kind === 'binary' ? 2 ** domain.size : null;
}

/** All numbers of a code by its place in the list; zeros where there is a continuum. */
export function valueOfCode(
  { domain, size }: Pick<Coded, 'domain' | 'size'>,
  code: number,
): number[] {
  return Array.from({ length: size }, (_, unit) => {
    if (domain.kind === 'one-hot') return unit === code ? 1 : 0;
    // The first unit is the digit of 1, as inference numbers them.
    return domain.kind === 'binary' ? (code >> unit) & 1 : 0;
  });
}

/** The place of a value in the list. */
export function codeOfValue({ domain }: Pick<Coded, 'domain'>, value: readonly number[]): number {
  if (domain.kind === 'one-hot') return Math.max(0, value.indexOf(1));
  return value.reduce((code, unit, place) => code + (unit === 1 ? 2 ** place : 0), 0);
}

/** What the list calls it: codes count from 1, states of units are written out. */
export function nameOfCode(latent: Pick<Coded, 'domain' | 'size' | 'label'>, code: number): string {
  return latent.domain.kind === 'binary'
    ? valueOfCode(latent, code).join(' ')
    : `${latent.label} = ${code + 1}`;
}
