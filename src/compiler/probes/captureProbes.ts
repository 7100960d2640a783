import { pictureShape } from '../../graph/pictureShape';
import type { Shape, Value } from '../../ir/types';
import type { Probe } from '../analysis/probes';
import { inferFreeVariables } from '../latentInference/inference';
import type { EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { OnlineProbe } from './onlineProbe';
import { probeArms, ProbeValues, rowSize } from './probeValues';
import { PROBE_OUTPUT, type Picture, type WatchedProbe } from './watchedProbe';

/**
 * `reports`: what every evaluation needs; of an online probe its predictions. `features`: what the probes that predict read, to be
 * read otherwise.
 */
export type Capture = 'reports' | 'features';

/** Adds what is captured of the probes to the outputs of an evaluation; `options` without statistics, with what was inferred. */
export function captureProbes(
  context: ProgramContext,
  options: EvaluationOptions,
  capture: Capture,
  outputs: Map<string, Value>,
): WatchedProbe[] {
  const values = new ProbeValues(context, options);
  const seen = withViews(context, options);
  return context.analysis.probes.flatMap((probe): WatchedProbe[] => {
    const { node, contract, target, time } = probe;
    if (capture === 'features' && !target) return [];
    const source = contract.seesViews?.(node.params) ? seen() : values;
    const arms = [...probeArms(probe).keys()].map((arm) => {
      const features = source.features(probe, arm);
      const value =
        capture === 'reports' && contract.online && target
          ? context.builder.withOrigin(node.id, () =>
              new OnlineProbe(context, probe, target, arm, features).prediction(),
            )
          : features;
      outputs.set(PROBE_OUTPUT.arm(node.id, arm), value);
      return [arm, value.shape[1] ?? 1] as const;
    });
    if (target) outputs.set(PROBE_OUTPUT.target(node.id), source.target(probe, target));
    return [
      {
        nodeId: node.id,
        label: node.label,
        reading: contract.reading,
        params: node.params,
        rows: options.batch * (time ?? 1),
        shape: rowShape(probe),
        arms: new Map(arms),
        target: target && { kind: target.kind, count: target.count },
        picture: pictureOf(probe),
      },
    ];
  });
}

function rowShape({ type, time }: Probe): Shape {
  return type.time === null || time !== null ? type.shape : [type.time, ...type.shape];
}

function pictureOf({ raw, time }: Probe): Picture | null {
  let offset = 0;
  for (const { type } of raw) {
    const shape = pictureShape(type.shape);
    if (shape) return { offset, shape };
    offset += rowSize(type, time);
  }
  return null;
}

/** The same evaluation with views on, made when a probe asks for it. */
function withViews(context: ProgramContext, options: EvaluationOptions): () => ProbeValues {
  let made: ProbeValues | null = null;
  return () => {
    if (made) return made;
    const { outputs: _, ...own } = options;
    const viewed: EvaluationOptions = { ...own, views: 'train' };
    made = new ProbeValues(context, {
      ...viewed,
      outputs: inferFreeVariables(context, viewed),
    });
    return made;
  };
}
