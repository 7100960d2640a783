import { z } from 'zod';
import { list } from '../../src/core/schemas';
import {
  inferred,
  type InferContext,
  type InferResult,
  type LowerContext,
} from '../../src/graph/nodeDefinition';
import { tensorType, type Ports } from '../../src/graph/ports';
import { elementCount, type Shape, type Value } from '../../src/ir/types';
import { ACTIVATIONS, type Activation } from './activation';
import { choiceParameter } from './parameters';
import { tensorInput, tensorOutput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from './ports';
import { concatRows, concatSize, rowCount } from './rows';

/** What a module is for: it sets the title and the default widths. */
export const ROLES = ['none', 'encoder', 'predictor', 'decoder', 'expander'] as const;
export type Role = (typeof ROLES)[number];

interface RoleDefaults {
  /** Hidden widths of an MLP. */
  readonly widths: readonly number[];
  readonly width: number;
}

/** Sizes for the 8×8 digits: a 64-128-32 encoder and an expander of three layers as VICReg's (docs/mathematics.md §2, §6). */
export const ROLE_DEFAULTS: Readonly<Record<Role, RoleDefaults>> = {
  none: { widths: [64], width: 32 },
  encoder: { widths: [128], width: 32 },
  predictor: { widths: [64], width: 32 },
  decoder: { widths: [128], width: 64 },
  expander: { widths: [64, 64], width: 64 },
};

/** Ports of a module; `inputHelp` says what it takes and how several inputs are joined. */
export function modulePorts(inputHelp: string): Ports {
  return {
    inputs: [tensorInput('in', inputHelp, { variadic: true }), WEIGHTS_INPUT],
    outputs: [tensorOutput('out', 'What the module computes.'), WEIGHTS_OUTPUT],
  };
}

export const MODULE_PORTS = modulePorts(
  'One or more tensors: they are flattened and put side by side.',
);

export function moduleTitle(role: Role, plain: string): string {
  return role === 'none' ? plain : `${role.charAt(0).toUpperCase()}${role.slice(1)}`;
}

/** Widths of layers in the schema of a module. */
export const widthSchema = z.number().int().min(1).max(8192);

export function roleParameter(initial: Role) {
  return choiceParameter(ROLES, initial, {
    label: 'Role',
    description: 'What the module is for. It sets the title and the widths that are left empty.',
  });
}

export function activationParameter(
  initial: Activation,
  meta: Parameters<typeof choiceParameter>[2],
) {
  return choiceParameter(ACTIVATIONS, initial, meta);
}

/** Output width of a module that ends in a linear layer; `more` is added to its description and its meta-data. */
export function outputWidthParameter(
  more: { description?: string; when?: Readonly<Record<string, readonly string[]>> } = {},
) {
  return widthSchema
    .nullable()
    .default(null)
    .meta({
      label: 'Output width',
      range: [1, 256],
      control: 'number',
      ...more,
      description: ['Numbers in the output. Empty takes the role’s', more.description].join(''),
    });
}

/** Output width and shape: the same for all modules that end in a linear layer. */
export const outputParameters = {
  width: outputWidthParameter({ description: '; an output shape goes before it.' }),
  outputShape: list(widthSchema, { max: 4 }).default([]).meta({
    label: 'Output shape',
    description: 'Such as 8, 8, 1 for an image. Empty makes a vector of the output width.',
    control: 'widths',
  }),
};

interface OutputParams {
  readonly role: Role;
  readonly width: number | null;
  readonly outputShape: readonly number[];
}

/** Shape of one output sample. */
export function moduleOutputShape({ role, width, outputShape }: OutputParams): Shape {
  return outputShape.length > 0 ? outputShape : [width ?? ROLE_DEFAULTS[role].width];
}

export function moduleInputWidth<P>({ inputs }: InferContext<P>): number {
  return concatSize(inputs.all('in'));
}

export function inferModule<P extends OutputParams>({ params }: InferContext<P>): InferResult {
  return inferred({ out: tensorType(moduleOutputShape(params)) });
}

/** Flattens and joins the inputs, applies `layers` to `[rows, inputs]`, and gives the result its shape. */
export function lowerModule<P extends OutputParams>(
  { builder, inputs, params }: LowerContext<P>,
  layers: (input: Value) => Value,
): { out: Value } {
  const flat = layers(concatRows(builder, inputs.all('in')));
  return { out: builder.reshape(flat, [rowCount(flat), ...moduleOutputShape(params)]) };
}

/** Numbers in one output sample. */
export function moduleOutputWidth(params: OutputParams): number {
  return elementCount(moduleOutputShape(params));
}
