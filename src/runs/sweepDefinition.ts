import { z } from 'zod';
import { list, text } from '../core/schemas';
import type { BasinDocument } from '../document/schema';

/** What one sweep may be: beyond these a browser or a day is too small. */
export const SWEEP_LIMITS = { axes: 4, values: 200, seeds: 100, trials: 10_000 } as const;

const name = text({ min: 1, max: 200 });

const axisSchema = z.object({
  /** Id of a node, or `training`. */
  target: name,
  /** A parameter, `bypassed`, or a path of a training setting. */
  parameter: name,
  /** In the user's words. */
  label: name,
  values: list(z.json(), { min: 1, max: SWEEP_LIMITS.values }),
});

export const sweepSchema = z.object({
  id: text({ min: 1, max: 100 }),
  name: text({ max: 200 }),
  /** Milliseconds since the epoch. */
  created: z.number(),
  /** The graph that the trials are variants of; read as every document is. */
  document: z.custom<BasinDocument>((value) => typeof value === 'object' && value !== null),
  /** What computes; one for all trials, so that they can be compared. */
  engine: name,
  steps: z.number().int().min(1).max(1e8),
  axes: list(axisSchema, { min: 1, max: SWEEP_LIMITS.axes }),
  /** Every point is trained with so many seeds, from that of the document on. */
  seeds: z.number().int().min(1).max(SWEEP_LIMITS.seeds),
  /** `random`: the trials in an order of chance, so that one that is ended early has seen some of everything. */
  order: z.enum(['grid', 'random']),
  /** So many of the trials; null for all. */
  trials: z.number().int().min(1).nullable(),
});

export type SweepAxis = z.infer<typeof axisSchema>;
export type SweepDefinition = z.infer<typeof sweepSchema>;
export type AxisValue = SweepAxis['values'][number];
