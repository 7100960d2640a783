import type { SettingPlace } from '../changeSetting';
import type { EdgeEnds } from '../commands/edgeCommands';
import type { Position } from '../schema';

/**
 * A change of a graph that can be written in a line:
 *
 * | line                              | does                                                                     |
 * | --------------------------------- | ------------------------------------------------------------------------ |
 * | `encoder.width=64`                | sets a parameter; of `training`, a setting. A value is JSON, or a word   |
 * | `bypass vicreg`                   | ablates a node: a term is left out, another node hands its input on      |
 * | `delete vicreg`                   | deletes a node with the edges at it                                      |
 * | `shuffle is negative.hardest`     | gives a node another kind, with its defaults; edges stay                 |
 * | `add reg.vicreg as guard at 0,80` | adds a node with its defaults, its top left corner there                 |
 * | `+ encoder.out -> guard.z`        | connects an output to an input                                           |
 * | `- mask.mask -> energy.mask`      | takes an edge out                                                        |
 */
export type EditLine =
  | { readonly does: 'set'; readonly place: SettingPlace; readonly value: unknown }
  | { readonly does: 'bypass'; readonly nodeId: string }
  | { readonly does: 'delete'; readonly nodeId: string }
  | { readonly does: 'swap'; readonly nodeId: string; readonly kind: string }
  | {
      readonly does: 'add';
      readonly nodeId: string;
      readonly kind: string;
      readonly position: Position;
    }
  | { readonly does: 'connect'; readonly ends: EdgeEnds }
  | { readonly does: 'disconnect'; readonly ends: EdgeEnds };

const NODE = String.raw`([A-Za-z][\w-]*)`;
const KIND = String.raw`(\w+(?:\.\w+)?)`;
const NUMBER = String.raw`(-?\d+)`;

const ABLATION = new RegExp(`^(bypass|delete) ${NODE}$`);
const SWAP = new RegExp(`^${NODE} is ${KIND}$`);
const ADDITION = new RegExp(`^add ${KIND} as ${NODE} at ${NUMBER},${NUMBER}$`);
const EDGE = new RegExp(String.raw`^([+-]) ${NODE}\.(\w+) -> ${NODE}\.(\w+)$`);
const SETTING = /^([^.=]+)\.([^=]+)=([\s\S]*)$/;

/** Null where the text is no such line. */
export function parseEditLine(text: string): EditLine | null {
  const [, ablation, ablated] = ABLATION.exec(text) ?? [];
  if (ablated !== undefined) {
    return { does: ablation === 'bypass' ? 'bypass' : 'delete', nodeId: ablated };
  }
  const [, swapped, swapKind = ''] = SWAP.exec(text) ?? [];
  if (swapped !== undefined) return { does: 'swap', nodeId: swapped, kind: swapKind };
  const [, addedKind = '', added, x, y] = ADDITION.exec(text) ?? [];
  if (added !== undefined) {
    const position = { x: Number(x), y: Number(y) };
    return { does: 'add', nodeId: added, kind: addedKind, position };
  }
  const [, sign, source, sourcePort = '', target = '', targetPort = ''] = EDGE.exec(text) ?? [];
  if (source !== undefined) {
    const ends = { source, sourcePort, target, targetPort };
    return { does: sign === '+' ? 'connect' : 'disconnect', ends };
  }
  const setting = parseSetting(text);
  return setting === null ? null : { does: 'set', ...setting };
}

/** `NODE.PARAM=VALUE`. A value is JSON, or else a plain string. Null where the text is not of this form. */
export function parseSetting(text: string): { place: SettingPlace; value: unknown } | null {
  const [, target, parameter = '', raw = ''] = SETTING.exec(text) ?? [];
  return target === undefined ? null : { place: { target, parameter }, value: valueOf(raw) };
}

function valueOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}
