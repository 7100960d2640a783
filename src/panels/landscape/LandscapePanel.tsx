import { LoaderCircle, Mountain } from 'lucide-react';
import { useEffect } from 'react';
import { EmptyPanel } from '../EmptyPanel';
import { ProblemPanel } from '../ProblemPanel';
import { DockTools } from '../DockTools';
import { Landscape } from './Landscape';
import type { MissingPlane } from './landscapeStore';
import toolStyles from './LandscapeTools.module.css';
import { PicturesPanel } from './PicturesPanel';
import { ShownOf } from './ShownOf';
import { useLandscape, useLandscapeActions } from './useLandscape';

/** The energy over two numbers of the graph: where it is low, and where it is not. */
export function LandscapePanel() {
  const { watch, retry } = useLandscapeActions();
  const { chosen, frame, strip, stale, problem } = useLandscape((state) => state);
  useEffect(() => watch(), [watch]);

  if (problem !== null) {
    return <ProblemPanel problem={problem} title="There is no landscape" retry={retry} />;
  }
  if (chosen?.shows === 'nothing') return <NoPlane plane={chosen} stale={stale} />;
  if (chosen?.shows === 'pictures' && strip !== null) return <PicturesPanel strip={strip} />;
  if (chosen?.shows !== 'plane' || frame === null) {
    return (
      <EmptyPanel
        icon={<LoaderCircle size={20} strokeWidth={1.5} aria-hidden />}
        title={`The ${chosen?.shows === 'pictures' ? 'pictures are' : 'landscape is'} being computed`}
      >
        Here the energy is drawn over a plane of values, with the held-out data that lies on it: it
        should be low where data is, and higher elsewhere. The loss is drawn over weights, and of
        graphs that make images, these are shown.
      </EmptyPanel>
    );
  }
  return <Landscape variable={chosen} frame={frame} />;
}

/** A plane that this graph does not have. */
function NoPlane({ plane: { label, needs }, stale }: { plane: MissingPlane; stale: boolean }) {
  return (
    <>
      <DockTools>
        <div className={toolStyles.tools}>
          <ShownOf stale={stale} step={undefined} />
        </div>
      </DockTools>
      <EmptyPanel
        icon={<Mountain size={20} strokeWidth={1.5} aria-hidden />}
        title={`${label}: not of this graph`}
      >
        It needs {needs}
      </EmptyPanel>
    </>
  );
}
