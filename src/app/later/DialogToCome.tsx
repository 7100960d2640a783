import type { PartToCome } from '../../editor/ui/laterPart';
import { Dialog } from '../../panels/ui/Dialog';
import { useApp } from '../useApp';
import { PanelToCome } from './PanelToCome';

/** In the place of a window whose code is not here yet, or does not come. */
export function DialogToCome({ part }: { part: PartToCome }) {
  const { page } = useApp();
  if (part.coming.state === 'coming') return null;
  return (
    <Dialog
      title={part.coming.state === 'late' ? 'One moment' : 'Something is missing'}
      onClose={() => page.setState({ dialog: null })}
    >
      <PanelToCome part={part} />
    </Dialog>
  );
}
