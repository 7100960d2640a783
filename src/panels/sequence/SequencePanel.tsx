import { Film, LoaderCircle } from 'lucide-react';
import { useEffect } from 'react';
import { EmptyPanel } from '../EmptyPanel';
import { ProblemPanel } from '../ProblemPanel';
import { Sequence } from './Sequence';
import { useSequence, useSequenceActions } from './useSequence';

/** Held-out sequences, and what the graph predicts along them. */
export function SequencePanel() {
  const { watch, retry } = useSequenceActions();
  const { hasTime, frame, film, problem } = useSequence((state) => state);
  useEffect(() => watch(), [watch]);

  if (problem !== null) {
    return <ProblemPanel problem={problem} title="There is nothing to show" retry={retry} />;
  }
  if (hasTime === false) {
    return (
      <EmptyPanel
        icon={<Film size={20} strokeWidth={1.5} aria-hidden />}
        title="No sequence to follow"
      >
        Here held-out sequences are followed step by step, with what is predicted of them. The data
        of this graph has no time; that of moving dots and of two rooms has.
      </EmptyPanel>
    );
  }
  if (frame === null || film === null) {
    return (
      <EmptyPanel
        icon={<LoaderCircle size={20} strokeWidth={1.5} aria-hidden />}
        title="Sequences are being followed"
      >
        Here held-out sequences are followed step by step: how far predictions are off, and where
        probes see what moves.
      </EmptyPanel>
    );
  }
  return <Sequence frame={frame} film={film} />;
}
