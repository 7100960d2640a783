import { TriangleAlert } from 'lucide-react';
import { EmptyPanel } from './EmptyPanel';
import type { PanelProblem } from './panelProblem';
import { Button } from './ui/Button';

interface ProblemPanelProps {
  readonly problem: PanelProblem;
  /** What is missing, where it may be tried again. */
  readonly title: string;
  /** It is being tried. */
  readonly trying?: boolean;
  retry(): void;
}

/** What a panel says where nothing could be computed. */
export function ProblemPanel({ problem, title, trying = false, retry }: ProblemPanelProps) {
  const { message, canRetry } = problem;
  return (
    <EmptyPanel
      icon={<TriangleAlert size={20} strokeWidth={1.5} aria-hidden />}
      title={canRetry ? title : 'This graph does not compile'}
      actions={
        canRetry && (
          <Button disabled={trying} onClick={retry}>
            Try again
          </Button>
        )
      }
    >
      {message}
    </EmptyPanel>
  );
}
