import { errorsOf } from '../../core/diagnostic';
import { invariant } from '../../core/invariant';
import { Builder } from '../../ir/builder';
import { printProgram } from '../../ir/print';
import type { Program, StateSpec, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { generatorFactors, ownersWithRate } from '../lowering/rateFactors';
import { trainedSteps } from '../lowering/trainedSteps';
import { optimize } from '../optimizer/optimize';
import { simplify } from '../simplify/simplify';
import { compileTraining, lowerTraining, optimizerSettings } from './compileTraining';

/** What one analysis compiles to, from cheap to exact; each is made when it is asked for first. */
interface Texts {
  errors?: string;
  /** The objective as the nodes lower it, and what the training settings make of its gradients. */
  lowered?: string;
  /** The same, simplified. */
  simplified?: string;
  compiled?: string;
}

const texts = new WeakMap<Analysis, Texts>();

/**
 * Whether `compileTraining` gives the same for both, but for the initial numbers of live scalars: this decides whether
 * an edit compiles anew. Of graphs with errors: whether the same is at fault, as nothing compiles before it is mended.
 *
 * Compiled programs are compared as a last resort only, being dear: programs that are lowered alike are alike, and
 * those whose objectives differ after simplification differ. In between is what simplification removes, such as
 * a mean of one number, and stop-gradients: those may or may not matter.
 */
export function sameTrainingProgram(a: Analysis, b: Analysis): boolean {
  return stillTrains(a, b) && stillTrains(b, a);
}

/**
 * Whether a compiled program does what the graph says by now: it may have a live factor of the learning rate more, which is 1.
 */
export function stillTrains(compiled: Analysis, now: Analysis): boolean {
  if (compiled === now) return true;
  const [first, second] = [textsOf(compiled), textsOf(now)];
  const same = (name: keyof Texts, make: (analysis: Analysis) => string): boolean =>
    (first[name] ??= make(compiled)) === (second[name] ??= make(now));
  if (!same('errors', errorText)) return false;
  if (first.errors !== '') return true;
  const factors = ownersWithRate(compiled);
  if ([...ownersWithRate(now)].some((owner) => !factors.has(owner))) return false;
  if (same('lowered', loweredText)) return true;
  return same('simplified', simplifiedText) && same('compiled', compiledText);
}

function textsOf(analysis: Analysis): Texts {
  const known = texts.get(analysis) ?? {};
  texts.set(analysis, known);
  return known;
}

/** Where the errors are; empty without any. Not their messages, which have labels in them. */
function errorText({ diagnostics }: Analysis): string {
  return errorsOf(diagnostics)
    .map(({ code, nodeId, portId, edgeId, path }) =>
      JSON.stringify([code, nodeId, portId, edgeId, path]),
    )
    .join();
}

function loweredText(analysis: Analysis): string {
  return printProgram(loweredObjective(analysis)) + settingsText(analysis);
}

function simplifiedText(analysis: Analysis): string {
  return printProgram(simplify(loweredObjective(analysis))) + settingsText(analysis);
}

function compiledText(analysis: Analysis): string {
  const compiled = compileTraining(analysis);
  invariant(compiled.ok, 'an analysis without errors compiles');
  const { program } = compiled.value;
  return printProgram({ ...program, live: program.live.map(({ name }) => ({ name, initial: 0 })) });
}

function loweredObjective(analysis: Analysis): Program {
  const lowered = lowerTraining(analysis);
  const { context, loss, metrics, statistics, probes, weights, averages } = lowered;
  const { builder } = context;
  const factors = generatorFactors(context);
  const moved = averages.flatMap(({ owner, rate, weights: averaged }) =>
    builder.withOrigin(owner, () =>
      averaged.map(({ spec, followed }): [string, Value] => {
        const change = builder.sub(context.stateArray(followed), context.stateArray(spec));
        return [spec.name, builder.mul(change, rate)];
      }),
    ),
  );
  return {
    data: [...context.data.values()],
    state: [...context.state.values()],
    packs: [{ name: 'weights', members: weights.map(({ name }) => name) }],
    live: [...context.live.keys()].map((name) => ({ name, initial: 0 })),
    phases: builder.takePhases(),
    updates: new Map([
      ...statistics,
      ...probes.map(({ name, next }): [string, Value] => [name, next]),
      ...moved,
    ]),
    metrics: metrics.values,
    outputs: new Map([
      ['loss', loss],
      ...[...factors].map(([owner, factor]): [string, Value] => [`rate of ${owner}`, factor]),
    ]),
  };
}

/** What the training settings decide, and in which steps weights are frozen. */
function settingsText(analysis: Analysis): string {
  const steps = [...analysis.weights.keys()].map((owner) => [owner, trainedSteps(analysis, owner)]);
  return optimizerText(analysis) + JSON.stringify(steps.filter(([, frozen]) => frozen !== null));
}

/** A step of one weight by a given gradient: it has all that the training settings decide, at next to no cost. */
function optimizerText(analysis: Analysis): string {
  const builder = new Builder();
  const shape = [2];
  const spec: StateSpec = {
    name: 'weight',
    shape,
    dtype: 'f32',
    initializer: { kind: 'constant', value: 0 },
    purpose: 'weight',
    origin: null,
  };
  const { updates, state, packs, learningRate, gradientNorm } = optimize(builder, {
    weights: [
      {
        spec,
        value: builder.input('state', spec.name, shape, 'f32'),
        gradient: builder.input('data', 'gradient', shape, 'f32'),
      },
    ],
    statistics: [],
    averages: [],
    loss: builder.input('data', 'loss', [], 'f32'),
    step: builder.input('step', 'step', [], 'i32'),
    learningRate: builder.input('live', 'rate', [], 'f32'),
    ...optimizerSettings(analysis),
  });
  const program: Program = {
    data: [
      { name: 'gradient', shape, dtype: 'f32' },
      { name: 'loss', shape: [], dtype: 'f32' },
    ],
    state: [spec, ...state],
    packs,
    live: [{ name: 'rate', initial: 0 }],
    phases: builder.takePhases(),
    updates,
    metrics: new Map([
      ['rate', learningRate],
      ['norm', gradientNorm],
    ]),
    outputs: new Map(),
  };
  return printProgram(simplify(program));
}
