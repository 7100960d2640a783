import { LoaderCircle, Orbit } from 'lucide-react';
import { useEffect } from 'react';
import { DockTools } from '../DockTools';
import { EmptyPanel } from '../EmptyPanel';
import { ProblemPanel } from '../ProblemPanel';
import toolStyles from '../landscape/LandscapeTools.module.css';
import { Embedding } from './Embedding';
import { EmbeddingProgress } from './EmbeddingProgress';
import { PortField } from './EmbeddingTools';
import { useEmbedding, useEmbeddingActions } from './useEmbedding';

/** The values of a port as points: what lies near to what. */
export function EmbeddingPanel() {
  const { watch, retry } = useEmbeddingActions();
  const state = useEmbedding((all) => all);
  const { ports, frame, problem, progress, settings } = state;
  useEffect(() => watch(), [watch]);

  if (problem !== null) {
    return (
      <>
        <DockTools>
          <div className={toolStyles.tools}>
            {problem.canRetry && <PortField ports={ports} settings={settings} />}
          </div>
        </DockTools>
        <ProblemPanel problem={problem} title="There is no embedding" retry={retry} />
      </>
    );
  }
  if (ports?.length === 0) {
    return (
      <EmptyPanel
        icon={<Orbit size={20} strokeWidth={1.5} aria-hidden />}
        title="No representation to look at"
      >
        Here the values of a module, of a latent or of the data itself are drawn as points, one for
        each held-out sample. This graph has none of these.
      </EmptyPanel>
    );
  }
  if (frame === null) {
    return (
      <EmptyPanel
        icon={<LoaderCircle size={20} strokeWidth={1.5} aria-hidden />}
        title="The embedding is being computed"
        actions={progress !== null && <EmbeddingProgress part={progress} />}
      >
        Here held-out samples are drawn as points, near to each other where the graph represents
        them alike: by PCA as they lie along the directions of most variance, by UMAP with those
        that are neighbours kept together.
      </EmptyPanel>
    );
  }
  return <Embedding frame={frame} />;
}
