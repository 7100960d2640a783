import { z } from 'zod';
import { DIAGNOSTIC_CODES, type DiagnosticCode } from '../../core/diagnosticCodes';
import { list, text } from '../../core/schemas';

const code = z.enum(Object.keys(DIAGNOSTIC_CODES) as [DiagnosticCode, ...DiagnosticCode[]]);

const expectationSchema = z.strictObject({
  /** Codes of what is warned of before training; none of it where this is left out. */
  warnings: list(code, { max: 10 }).default([]),
  /** The overall verdict after training; several where seeds may differ. Left out where none was measured. */
  verdict: list(text({ min: 1, max: 40 }), { min: 1, max: 4 }).optional(),
  /** After so many steps; those of the template where this is left out. */
  steps: z.number().int().min(1).max(1e6).optional(),
});

/** Something to do with a template, and what comes of it. */
export const experimentSchema = z.strictObject({
  /** Of its template's: progress is kept under it. */
  id: text({ min: 1, max: 60 }).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** `break`: shows by its lack what a part is for. */
  kind: z.enum(['try', 'break']),
  /** As a thing to do, in a few words: “Drop the covariance term”. */
  title: text({ min: 1, max: 80 }),
  /** Lines of `EditLine`, made as one step. None: there is only something to look at. */
  edits: list(text({ min: 1, max: 200 }), { max: 20 }).default([]),
  /** What to look at, and why. Markdown; `[Encoder](#encoder)` points at the node `encoder`. */
  watch: text({ min: 1, max: 1000 }),
  /** The tab of the dock where that is seen. */
  tab: text({ min: 1, max: 40 }).optional(),
  expect: expectationSchema.optional(),
});

export const experimentsSchema = list(experimentSchema, { max: 40 });

export type Experiment = z.infer<typeof experimentSchema>;
