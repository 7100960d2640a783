import { DISTRIBUTED } from './runtime/distributed';
import { FILES } from './runtime/files';
import { HEAD } from './runtime/head';
import { OPERATIONS_SECTION } from './runtime/operations';
import { RANDOM } from './runtime/random';
import { STATE_OF_RUN } from './runtime/stateOfRun';
import { TRAINING } from './runtime/training';

/** What is written for each graph anew, beside the sections. */
const WRITTEN = [
  ...[
    'TITLE',
    'STEPS',
    'BATCH',
    'ANY_BATCH',
    'SPLITS',
    'SEED',
    'LEARNING_RATE',
    'SCHEDULE',
    'WARMUP_STEPS',
  ],
  ...['FINAL_FRACTION', 'CLIP_NORM', 'EVALUATE_EVERY', 'HELD_OUT_ROWS', 'config', 'TRAINED_STEPS'],
  ...['AVERAGES', 'optimizer_of', 'STATE', 'Outcome', 'Model', 'DOCUMENT', 'data', 'step'],
];

/** Words of Python that code calls, or that no class may be called. */
const PYTHON =
  'True False None Exception BaseException FloatingPointError ValueError RuntimeError abs all any bool bytes dict enumerate float getattr int isinstance iter len list map max min next object open print property range reversed round set sorted staticmethod str sum super tuple type zip'.split(
    ' ',
  );

/** What the sections of a script define or import at its top: nothing of a graph may be called so. */
export const RUNTIME_NAMES: readonly string[] = [
  ...new Set([
    ...[HEAD, STATE_OF_RUN, DISTRIBUTED, RANDOM, OPERATIONS_SECTION, FILES, TRAINING].flatMap(
      topNames,
    ),
    ...WRITTEN,
    ...PYTHON,
  ]),
];

function topNames(section: string): string[] {
  return section.split('\n').flatMap((line) => {
    const defined = /^(?:def|class) (\w+)|^(\w+)(?:: [^=]+)? = /.exec(line);
    const imported = /^(?:from [\w.]+ )?import (.+)$/.exec(line)?.[1] ?? '';
    const names = imported.split(', ').map((part) => part.split(' as ').at(-1) ?? '');
    return [defined?.[1] ?? defined?.[2] ?? '', ...names].filter((name) => /^\w+$/.test(name));
  });
}
