import type { BoxMember } from '../../model/boxView';
import type { NodeOverlay } from '../../store/overlayStore';
import { worst, type Mark } from './HealthIcon';

const GRAVITY: readonly Mark['tone'][] = ['bad', 'warn', 'good', 'neutral', 'info'];
/** More would not be read in a tooltip. */
const SAID = 4;

/** What the icon of a collapsed group says: the worst that is known of a node inside, errors first, and of whom. */
export function worstInside(
  members: readonly BoxMember[],
  overlays: ReadonlyMap<string, NodeOverlay>,
): Mark | null {
  const marks = members.flatMap(({ id, label, remarks }) => {
    const mark = worst(remarks, overlays.get(id)?.health);
    return mark === null ? [] : [{ ...mark, text: `${label}: ${mark.text}` }];
  });
  const gravity = ({ tone, error }: Mark): number => (error ? -1 : GRAVITY.indexOf(tone));
  marks.sort((a, b) => gravity(a) - gravity(b));
  const [first] = marks;
  if (first === undefined) return null;
  const alike = marks.filter((mark) => gravity(mark) === gravity(first));
  const more = alike.length > SAID ? `\nand ${alike.length - SAID} more` : '';
  const text = alike
    .slice(0, SAID)
    .map((mark) => mark.text)
    .join('\n');
  return { tone: first.tone, error: first.error, text: text + more };
}
