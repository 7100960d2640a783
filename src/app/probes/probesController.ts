import type { ProbesActions, ProbesStore, ProbeStudies } from '../../panels/probes/probesStore';
import type { ProbeStudy, StudyRequest } from '../../probing/probeStudy';
import type { EditorStore } from '../../editor/store/editorState';
import { stillTrains } from '../../compiler/programs/sameTrainingProgram';
import type { ProbeStudyAnswer, ProbeStudyRequest } from '../../../workers/protocol';
import type { Model } from '../run/runSessions';

/** The part of `ProbeClient` that is used here. */
export interface StudyPort {
  /** Null when a newer request overtook it. */
  study(request: ProbeStudyRequest): Promise<ProbeStudyAnswer | null>;
}

export interface ProbesControllerOptions {
  readonly editor: EditorStore;
  readonly probes: ProbesStore;
  readonly port: StudyPort;
}

/** Has probes studied with the newest weights of the run; before any run, with those that one would start with. */
export class ProbesController implements ProbesActions {
  private model: Model | null = null;
  private asked = 0;

  constructor(private readonly options: ProbesControllerOptions) {
    const { editor, probes } = options;
    editor.subscribe((now, before) => {
      if (now.openedRevision === before.openedRevision) return;
      this.asked++;
      probes.setState({ studies: new Map(), asking: null, problem: null });
    });
  }

  /** Weights to ask with from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => {
    this.model = model;
    if (model === null) this.options.probes.setState({ studies: new Map(), problem: null });
  };

  study = (nodeId: string, request: StudyRequest): void => {
    void this.ask(nodeId, request);
  };

  private async ask(nodeId: string, request: StudyRequest): Promise<void> {
    const { editor, probes, port } = this.options;
    const asked = ++this.asked;
    probes.setState({ asking: { nodeId, kind: request.kind }, problem: null });
    const { model } = this;
    const analysis = editor.settle();
    const { document: current, revision } = editor.getState();
    // A probe that trains nothing may have been added since: the run goes on, and the weights are those of the graph as it is.
    const isOther = model !== null && !stillTrains(model.analysis, analysis);
    const document = isOther ? model.document : current;
    const answer = await port.study({
      runId: model?.tag.runId ?? '',
      revision: model?.tag.revision ?? revision,
      document,
      snapshot: model?.snapshot ?? null,
      nodeId,
      study: request,
    });
    if (asked !== this.asked || answer === null) return;
    const step = model?.snapshot.step ?? null;
    const [trouble] = answer.diagnostics.filter(({ severity }) => severity !== 'info');
    probes.setState(({ studies }) => ({
      asking: null,
      problem: answer.study ? null : (trouble?.message ?? 'The graph that runs has no such probe.'),
      studies: answer.study
        ? new Map([
            ...studies,
            [nodeId, { ...studies.get(nodeId), ...studied(answer.study, step) }],
          ])
        : studies,
    }));
  }
}

function studied(study: ProbeStudy, step: number | null): ProbeStudies {
  return study.kind === 'efficiency'
    ? { efficiency: { study, step } }
    : { neighbours: { study, step } };
}
