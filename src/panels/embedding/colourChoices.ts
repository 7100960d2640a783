import type { PointColour } from '../../probing/embedding/embeddingFrame';
import type { EmbeddingState } from './embeddingStore';

export interface ColourChoice {
  readonly id: string;
  readonly title: string;
}

/** Numbers of a value that the list has: more of them nobody would look through. */
const MOST_COMPONENTS = 64;

/** What points can be coloured by. */
export function colourChoices(
  { ports, energies, settings }: Pick<EmbeddingState, 'ports' | 'energies' | 'settings'>,
  hasLabels: boolean,
): ColourChoice[] {
  const width = ports?.find(({ key }) => key === settings.port)?.width ?? 0;
  const colours: PointColour[] = [
    { by: 'label' },
    { by: 'norm' },
    ...energies.map(({ nodeId }) => ({ by: 'energy', nodeId }) as const),
    ...Array.from(
      { length: Math.min(width, MOST_COMPONENTS) },
      (_, index) => ({ by: 'component', index }) as const,
    ),
  ];
  return colours.map((colour) => ({
    id: colourId(colour),
    title: colour.by === 'label' && !hasLabels ? 'One colour' : colourName(colour, energies),
  }));
}

export function colourName(colour: PointColour, energies: EmbeddingState['energies']): string {
  switch (colour.by) {
    case 'label':
      return 'Label';
    case 'norm':
      return 'Norm';
    case 'component':
      return `Dimension ${colour.index + 1}`;
    case 'energy':
      return energies.find(({ nodeId }) => nodeId === colour.nodeId)?.label ?? 'Energy';
  }
}

/** As a choice of a list is kept. */
export function colourId(colour: PointColour): string {
  switch (colour.by) {
    case 'label':
    case 'norm':
      return colour.by;
    case 'component':
      return `component:${colour.index}`;
    case 'energy':
      return `energy:${colour.nodeId}`;
  }
}

export function colourOf(id: string): PointColour {
  const [by = '', ...rest] = id.split(':');
  const what = rest.join(':');
  if (by === 'component') return { by, index: Number(what) };
  if (by === 'energy') return { by, nodeId: what };
  return { by: by === 'norm' ? 'norm' : 'label' };
}
