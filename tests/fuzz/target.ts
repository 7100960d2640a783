import fc from 'fast-check';

/** What is thrown at a part of Basin, and what must hold for each of it. */
export interface Target {
  readonly name: string;
  /** So many of them in `npm test`, and in `npm run fuzz`. */
  readonly runs: { readonly short: number; readonly long: number };
  readonly property: fc.IAsyncProperty<unknown[]>;
}

/** Processor time that one input may take: more is as good as a hang for whoever waits. */
const LONGEST_SECONDS = 2;

/** Told of each input before it is tried, and of the first that has a fault, after which smaller ones are. */
export interface Witness {
  begins(): void;
  fails(): void;
}

let witness: Witness | null = null;

/**
 * A target: whatever `arbitrary` gives, `check` neither throws nor takes more than two seconds of processor time, however busy the
 * machine is with other things.
 */
export function target<Input>(
  name: string,
  runs: Target['runs'],
  arbitrary: fc.Arbitrary<Input>,
  check: (input: Input) => void | Promise<void>,
  longestSeconds = LONGEST_SECONDS,
): Target {
  const property = fc.asyncProperty(arbitrary, async (input) => {
    witness?.begins();
    const before = process.cpuUsage();
    try {
      await check(input);
      const { user, system } = process.cpuUsage(before);
      const seconds = (user + system) / 1e6;
      if (seconds > longestSeconds) throw new Error(`It took ${seconds.toFixed(1)} s.`);
    } catch (error) {
      witness?.fails();
      throw error;
    }
  }) as fc.IAsyncProperty<unknown>;
  return { name, runs, property: property as Target['property'] };
}

/** For what must hold. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** Which inputs are tried: so many from a seed, or the one of a fault, which has a `path`. */
export interface Inputs {
  readonly runs: number;
  readonly seed: number;
  readonly path?: string;
}

export interface Outcome {
  readonly runs: number;
  readonly seed: number;
  /** How it fails, with the smallest input that was found; null where all is well. */
  readonly fault: string | null;
}

/** Nobody watches it from outside: what never ends hangs. See `Attacker`. */
export async function attack(
  { property }: Target,
  { runs, seed, path }: Inputs,
  watching: Witness | null = null,
): Promise<Outcome> {
  witness = watching;
  const details = await fc.check(property, {
    numRuns: runs,
    seed,
    endOnFailure: false,
    ...(path === undefined ? {} : { path }),
  });
  const { errorInstance: error, numRuns } = details;
  if (!details.failed) return { runs: numRuns, seed, fault: null };
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { runs: numRuns, seed, fault: `${fc.defaultReportMessage(details)}\n${why}` };
}

/** The input of a seed at a path, as text. */
export function inputAt({ property }: Target, seed: number, path: string): string {
  return fc.stringify(fc.sample(property, { seed, path, numRuns: 1 })[0]);
}

/** A seed that nobody has chosen. */
export function someSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
