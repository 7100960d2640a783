import { LoaderCircle, Mountain, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { EmptyPanel } from '../EmptyPanel';
import { Button } from '../ui/Button';
import { Landscape } from './Landscape';
import { PicturesPanel } from './PicturesPanel';
import { useLandscape, useLandscapeActions } from './useLandscape';

/** The energy over two numbers of the graph: where it is low, and where it is not. */
export function LandscapePanel() {
  const { watch, retry } = useLandscapeActions();
  const { variables, chosen, frame, strip, problem } = useLandscape((state) => state);
  useEffect(() => watch(), [watch]);

  if (problem !== null) {
    return (
      <EmptyPanel
        icon={<TriangleAlert size={20} strokeWidth={1.5} aria-hidden />}
        title={problem.canRetry ? 'There is no landscape' : 'This graph does not compile'}
        actions={problem.canRetry && <Button onClick={retry}>Try again</Button>}
      >
        {problem.message}
      </EmptyPanel>
    );
  }
  if (variables?.length === 0) {
    return (
      <EmptyPanel
        icon={<Mountain size={20} strokeWidth={1.5} aria-hidden />}
        title="No variable of two numbers"
      >
        An energy can be drawn over data in the plane, such as Points; over a latent of two
        dimensions; or over an x and a y of one number each, as in the Parabola. In this graph no
        energy is computed from any of these, and no module makes an image that could be shown.
      </EmptyPanel>
    );
  }
  if (chosen?.kind === 'pictures' && strip !== null) {
    return <PicturesPanel strip={strip} />;
  }
  if (chosen === null || chosen.kind === 'pictures' || frame === null) {
    return (
      <EmptyPanel
        icon={<LoaderCircle size={20} strokeWidth={1.5} aria-hidden />}
        title={`The ${chosen?.kind === 'pictures' ? 'pictures are' : 'landscape is'} being computed`}
      >
        Here the energy is drawn over two numbers of the graph, under the held-out data: it should
        be low where data is, and higher elsewhere. Of graphs that make images, these are shown.
      </EmptyPanel>
    );
  }
  return <Landscape variable={chosen} frame={frame} />;
}
