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

/**
 * A target: whatever `arbitrary` gives, `check` neither throws nor takes more than two seconds of processor time, however busy the
 * machine is with other things.
 */
export function target<Input>(
  name: string,
  runs: Target['runs'],
  arbitrary: fc.Arbitrary<Input>,
  check: (input: Input) => void | Promise<void>,
): Target {
  const property = fc.asyncProperty(arbitrary, async (input) => {
    const before = process.cpuUsage();
    await check(input);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    if (seconds > LONGEST_SECONDS) throw new Error(`It took ${seconds.toFixed(1)} s.`);
  }) as fc.IAsyncProperty<unknown>;
  return { name, runs, property: property as Target['property'] };
}

/** For what must hold. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

export interface Outcome {
  readonly runs: number;
  readonly seed: number;
  /** How it fails, with the smallest input that was found; null where all is well. */
  readonly fault: string | null;
}

/** `path` comes with a fault: with it and the seed just that input is tried. */
export async function attack(
  { property }: Target,
  { runs, seed, path }: { readonly runs: number; readonly seed: number; readonly path?: string },
): Promise<Outcome> {
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

/** A seed that nobody has chosen. */
export function someSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
