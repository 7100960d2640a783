import { keyCaps } from '../../editor/shortcuts/keys';

/** A step of the tour: what it points at, and what can be done with it. */
export interface TourStep {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The real thing, as a selector. A step whose thing is not on the page is left out. */
  readonly target: string;
  readonly side: 'top' | 'right' | 'bottom' | 'left';
}

const keys = (shortcut: string): string => keyCaps(shortcut).join(' ');

/** In the order of the five-minute story (docs/product.md §2). */
export const TOUR_STEPS: readonly TourStep[] = [
  {
    id: 'graph',
    title: 'The drawing is the model',
    text: 'Circles are data and latents, boxes are networks, squares are energies. Click a node: the inspector on the right says what it is, lets you set it, and opens templates that use it.',
    target: '.react-flow__node-graph',
    side: 'bottom',
  },
  {
    id: 'run',
    title: 'Train it',
    text: `Press Run, or ${keys('Mod+Enter')}. It trains in this page, on your own machine. Sliders may be moved while it runs.`,
    target: '[data-testid="run"]',
    side: 'bottom',
  },
  {
    id: 'watch',
    title: 'See what was learned',
    text: 'Training draws each term of the objective. Collapse says whether the representation still tells inputs apart, and shows the evidence. A falling loss alone proves nothing.',
    target: '[data-testid="dock"] [role="tablist"]',
    side: 'top',
  },
  {
    id: 'change',
    title: 'Change it',
    text: `Drag an Encoder from here onto the canvas, and pull links from port to port. Or delete VICReg, and read what the page warns of. ${keys('Mod+Z')} takes anything back.`,
    target: '[data-testid="palette"]',
    side: 'right',
  },
  {
    id: 'guide',
    title: 'Let the guide lead',
    text: `Each template has a guide: what it shows, what to try, and how to break it, each by one click. ${keys('Mod+K')} finds everything by name; this tour is in the help menu.`,
    target: '[data-testid="guide-bar"]',
    side: 'left',
  },
];
