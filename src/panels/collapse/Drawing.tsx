import type { Drawings, Evidence } from '../../probing/statistics/evidence';
import { DRAWINGS } from './drawings/index';
import type { DrawingProps } from './drawings/drawing';

/** Evidence without what computes it: how it is shown. */
export type ShownEvidence = Omit<
  Evidence<never, keyof Drawings, Drawings[keyof Drawings] | null>,
  'compute'
>;

interface EvidenceDrawingProps {
  readonly id: string;
  readonly evidence: ShownEvidence;
  readonly report: object;
  /** Reports on the same before, oldest first. */
  readonly earlier?: readonly object[];
  readonly size: 'small' | 'large';
  readonly label: string;
}

/** A piece of evidence of a report, drawn; nothing where the report has none. */
export function Drawing({ id, evidence, report, earlier = [], size, label }: EvidenceDrawingProps) {
  const value = evidenceOf(report, id);
  if (value === null) return null;
  // A table's entry says what its own values are, which the type of all tables together cannot.
  const Draw = DRAWINGS[evidence.drawing] as (
    props: DrawingProps<keyof Drawings>,
  ) => React.ReactNode;
  return (
    <Draw
      value={value}
      earlier={earlier.map((one) => evidenceOf(one, id)).filter((one) => one !== null)}
      size={size}
      label={`${evidence.title}: ${label}`}
    />
  );
}

export function evidenceOf(report: object, id: string): Drawings[keyof Drawings] | null {
  const value: unknown = (report as Readonly<Record<string, unknown>>)[id];
  return typeof value === 'object' ? (value as Drawings[keyof Drawings] | null) : null;
}
