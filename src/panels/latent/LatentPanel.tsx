import { LoaderCircle, SlidersHorizontal } from 'lucide-react';
import { useEffect } from 'react';
import { EmptyPanel } from '../EmptyPanel';
import { ProblemPanel } from '../ProblemPanel';
import { Latent } from './Latent';
import { useLatent, useLatentActions } from './useLatent';

/** What the graph makes of a code, when its numbers are changed. */
export function LatentPanel() {
  const { watch, retry } = useLatentActions();
  const { choices, chosen, frame, problem } = useLatent((state) => state);
  useEffect(() => watch(), [watch]);

  if (problem !== null) {
    return <ProblemPanel problem={problem} title="There is nothing to show" retry={retry} />;
  }
  if (choices?.length === 0) {
    return (
      <EmptyPanel
        icon={<SlidersHorizontal size={20} strokeWidth={1.5} aria-hidden />}
        title="No code to change"
      >
        Here a latent, or the code of an autoencoder, is changed by hand, to see what the graph
        makes of it. In this graph nothing is made of a latent, and nothing is squeezed on its way
        to what it is compared with.
      </EmptyPanel>
    );
  }
  if (chosen === null || frame === null) {
    return (
      <EmptyPanel
        icon={<LoaderCircle size={20} strokeWidth={1.5} aria-hidden />}
        title="Codes are being found"
      >
        Here a latent is changed by hand, to see what the graph makes of it, and each of its numbers
        is followed from −3σ to 3σ of what held-out samples have.
      </EmptyPanel>
    );
  }
  return <Latent choice={chosen} frame={frame} />;
}
