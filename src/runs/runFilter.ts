import type { RunRecord } from './runRecord';

/** A run that a search finds, or not. */
export type RunFilter = (run: RunRecord) => boolean;

const CONDITION = /^(.+?)(<=|>=|!=|<|>|=)(.+)$/;

/** Text that says what else a run is. */
function factsOf(run: RunRecord): string[] {
  const { document, engine, judgement, status } = run;
  return [
    run.name,
    document.title,
    status,
    ...run.tags,
    ...(engine === null ? [] : [engine.name, engine.badge]),
    ...(judgement === null ? [] : [judgement.verdict]),
  ];
}

/**
 * The runs that a search is for: all of its words. A word is a part of a name, a title, a tag, a verdict, an engine or a state;
 * `is:starred` and `tag:WORD` ask for these alone. A word with a comparison, such as `loss<0.5`, `seed=2` or
 * `effectiveRank>=3`, asks for a number: `numberOf`.
 */
export function runFilter(search: string): RunFilter {
  const tests = search
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(testOf);
  return (run) => tests.every((test) => test(run));
}

function testOf(word: string): RunFilter {
  const wanted = word.toLowerCase();
  if (wanted === 'is:starred') return ({ starred }) => starred;
  if (wanted.startsWith('tag:')) {
    const tag = wanted.slice('tag:'.length);
    return ({ tags }) => tags.some((one) => one.toLowerCase().includes(tag));
  }
  const [, name = '', comparison = '', text = ''] = CONDITION.exec(word) ?? [];
  const value = Number(text);
  if (name !== '' && text !== '' && !Number.isNaN(value)) {
    return (run) => numbersOf(run, name).some((number) => holds(number, comparison, value));
  }
  return (run) => factsOf(run).some((fact) => fact.toLowerCase().includes(wanted));
}

function holds(number: number, comparison: string, value: number): boolean {
  switch (comparison) {
    case '<':
      return number < value;
    case '>':
      return number > value;
    case '<=':
      return number <= value;
    case '>=':
      return number >= value;
    case '!=':
      return number !== value;
    default:
      return number === value;
  }
}

/**
 * What a name in a search can be: `seed`, `step`, a training setting, the last value of a curve by its name or label, or a number of
 * the last report by its name or the end of it, of which there may be several.
 */
export function numbersOf(run: RunRecord, name: string): readonly number[] {
  const wanted = name.toLowerCase();
  if (wanted === 'step') return [run.step];
  const setting = new Map<string, unknown>(Object.entries(run.document.training)).get(name);
  if (typeof setting === 'number') return [setting];
  const last = run.series.flatMap((series) => {
    const isMeant = [series.name, series.label].some((text) => text.toLowerCase() === wanted);
    const value = isMeant ? run.curve.last[run.curve.names.indexOf(series.name)] : undefined;
    return value === undefined ? [] : [value];
  });
  const reported = Object.entries(run.numbers).flatMap(([key, value]) => {
    const full = key.toLowerCase();
    return full === wanted || full.endsWith(`.${wanted}`) ? [value] : [];
  });
  // `loss` is the one of the curve, not that of held-out rows.
  return last.length > 0 ? last : reported;
}
