import { Unplug } from 'lucide-react';
import type { PartToCome } from '../../editor/ui/laterPart';
import { EmptyPanel } from '../../panels/EmptyPanel';
import { ReloadButton } from './ReloadButton';

/** In the place of a part of the page that is not here yet, or does not come. */
export function PanelToCome({ part: { what, coming } }: { part: PartToCome }) {
  switch (coming.state) {
    case 'coming':
      return null;
    case 'late':
      return <p role="status">{what} is being loaded…</p>;
    case 'missing':
      return (
        <div role="alert">
          <EmptyPanel
            icon={<Unplug size={20} strokeWidth={1.5} aria-hidden />}
            title={`${what} could not be loaded`}
            actions={<ReloadButton />}
          >
            {coming.error.why}
          </EmptyPanel>
        </div>
      );
  }
}
