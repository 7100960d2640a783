import type { Diagnostic } from '../../../core/diagnostic';
import type { GraphNode, PortReference } from '../../graph/graph';
import type { Side } from '../sides';
import type { LintContext } from './lintContext';
import type { Protection } from './protection';

/** An energy that trains something, compares two values, and that no functional contrasts. */
export interface ComparedEnergy {
  readonly node: GraphNode;
  readonly sides: readonly [Side, Side];
  readonly context: LintContext;
  /** What keeps a value, such as that of a side, from carrying nothing. */
  protection(value: PortReference): Protection;
}

/**
 * A finding of lint, in one of two forms. Of the rules on energies the first in the list that applies to an energy
 * speaks, and the others are silent, so that an energy gets one consistent finding.
 */
export type LintRule =
  | {
      readonly on: 'energy';
      /** Its finding, which may sit on another node than the energy, or null where the rule does not apply. */
      find(energy: ComparedEnergy): Diagnostic | null;
    }
  | { readonly on: 'graph'; find(context: LintContext): readonly Diagnostic[] };
