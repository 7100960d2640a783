import { registry } from '../../nodes/index';
import {
  DataClient,
  LayoutClient,
  PlanClient,
  ProbeClient,
  SweepClient,
  TrainClient,
} from '../../workers/client';
import { sameTrainingProgram } from '../compiler/programs/sameTrainingProgram';
import { plural } from '../core/formatNumber';
import { emptyDocument } from '../document/schema';
import { createDataStore } from '../storage/dataStore';
import { IMAGE_ENDINGS, TABLE_ENDINGS } from '../tables/tableEndings';
import { engineChoices } from '../engine/engines';
import { download, fileName } from '../panels/download';
import { createEmbeddingStore } from '../panels/embedding/embeddingStore';
import { createGuideStore } from '../panels/guide/guideStore';
import { createKernelsStore } from '../panels/kernels/kernelsStore';
import { createLandscapeStore } from '../panels/landscape/landscapeStore';
import { createLatentStore } from '../panels/latent/latentStore';
import { createProbesStore } from '../panels/probes/probesStore';
import { saveMetrics } from '../panels/run/saveMetrics';
import { createRunStore } from '../panels/run/runStore';
import { createRunsStore } from '../panels/runs/runsStore';
import { createSequenceStore } from '../panels/sequence/sequenceStore';
import { createSweepsStore } from '../panels/sweeps/sweepsStore';
import type { FirstView } from './firstView';
import { foldUntilRun } from './dock/foldUntilRun';
import { runsTab } from './dock/tabs/runsTab';
import { createRowSelection } from '../panels/selection/rowSelection';
import { createSilentWorkers, listSilent } from './banners/silentWorkers';
import { BlocksController } from './blocks/blocksController';
import { saveDocument } from './documents/saveDocument';
import { tellFound } from './documents/tellFound';
import { tellPutAside } from './documents/tellPutAside';
import { savePytorch } from './documents/savePytorch';
import { withMissingData } from './data/missingData';
import { OwnDataController } from './data/ownDataController';
import { EmbeddingController } from './embedding/embeddingController';
import { GUIDE_OPEN, GuideController } from './guide/guideController';
import { KernelsController } from './kernels/kernelsController';
import { LandscapeController } from './landscape/landscapeController';
import { LatentController } from './latent/latentController';
import { keptRecent } from './menuThings';
import { keepOffline } from './offline/keepOffline';
import { chooseFile, chooseFiles } from './open/chooseFile';
import { orSay } from './later/orSay';
import { OpenFlow } from './open/openFlow';
import { onPageLeft } from './page/onPageLeft';
import { withoutLink } from './page/pageAddress';
import { tellPlainAddress } from './page/plainAddress';
import { showTab } from './page/pageStore';
import { createBlockStore } from './persistence/blockStore';
import { createRunArchive } from './persistence/runArchive';
import { PicturesController } from './pictures/picturesController';
import { ProbesController } from './probes/probesController';
import { createPreferences, ofTabFirst } from './preferences';
import { RunController } from './run/runController';
import { noteRun, tellInterrupted } from './runs/interruptedRun';
import { createRunLeases } from './runs/runLeases';
import { RunRecorder } from './runs/runRecorder';
import { RunsController } from './runs/runsController';
import { SequenceController } from './sequence/sequenceController';
import { reproduce } from './share/reproduce';
import { runAgain } from './share/runAgain';
import { SweepsController } from './sweeps/sweepsController';
import { loadTemplate, type Template } from './templates';
import { TourController } from './tour/tourController';
import { WeightsController } from './weights/weightsController';
import { saveCanvas } from './saveCanvas';
import type { App } from './useApp';

/** What a file that is opened may end with. */
const OPENED = [
  ...['.json', 'application/json', '.py', '.safetensors'],
  ...[...TABLE_ENDINGS, ...IMAGE_ENDINGS, 'zip'].map((ending) => `.${ending}`),
];
const ENGINE = 'engine';
/** A core is left to the page, and each worker takes memory. */
const MOST_SWEEP_WORKERS = 6;
/** Above this width the guide is open until somebody folds it. */
const ROOMY = '(width >= 1280px)';

/** Puts the page together around the graph that is there: stores, workers and controllers. */
export function createApp(first: FirstView, say: (message: string) => void): App {
  const { preferences, theme, editor, documents, page, ui, look, embed } = first;
  first.learnKinds(registry);
  first.compareBy(sameTrainingProgram);
  const kept = engineChoices().find((choice) => choice === preferences.get(ENGINE));
  const ofTab = ofTabFirst(
    createPreferences(() => window.sessionStorage),
    preferences,
  );
  const run = createRunStore(kept);
  const silentWorkers = createSilentWorkers();
  const onSilent = listSilent(silentWorkers);
  const probe = new ProbeClient({
    onSilent: (worker) => {
      run.setState({ reportBehind: true });
      return onSilent(worker);
    },
  });
  const landscape = createLandscapeStore();
  const landscapeActions = new LandscapeController({
    editor,
    landscape,
    port: probe,
    glimpse: () => actions.glimpse(),
  });
  const probes = createProbesStore();
  const probesActions = new ProbesController({ editor, probes, port: probe });
  const archive = createRunArchive();
  const leases = createRunLeases('locks' in navigator ? navigator.locks : undefined);
  const runs = createRunsStore();
  const recorder = new RunRecorder({
    archive,
    leases,
    onFault: (fault) => runs.setState({ fault }),
    onKept: (kept) => noteRun(ofTab, kept),
  });
  const embedding = createEmbeddingStore();
  const embeddingActions = new EmbeddingController({
    editor,
    embedding,
    port: probe,
    glimpse: () => actions.glimpse(),
  });
  const latent = createLatentStore();
  const latentActions = new LatentController({
    editor,
    latent,
    port: probe,
    glimpse: () => actions.glimpse(),
  });
  const sequence = createSequenceStore();
  const sequenceActions = new SequenceController({
    editor,
    sequence,
    port: probe,
    glimpse: () => actions.glimpse(),
  });
  const pictures = new PicturesController({ editor, port: probe, preferences });
  const rowSelection = createRowSelection();
  const actions: RunController = new RunController({
    editor,
    run,
    connectTrain: (listener) => new TrainClient(listener, { onSilent }),
    probe,
    onModel: (model) => {
      landscapeActions.show(model);
      embeddingActions.show(model);
      latentActions.show(model);
      sequenceActions.show(model);
      probesActions.show(model);
      pictures.show(model);
    },
    // Inside another page no run is kept.
    ...(embed === null && { observer: recorder }),
  });
  run.subscribe(({ engineChoice, state }, before) => {
    if (state !== before.state) {
      landscapeActions.follow();
      embeddingActions.followRun();
      latentActions.follow();
      sequenceActions.follow();
    }
    if (engineChoice !== before.engineChoice) preferences.set(ENGINE, engineChoice);
  });
  const kernels = createKernelsStore();
  const planner = new PlanClient({ onSilent });
  const kernelsActions = new KernelsController({ editor, kernels, planner });
  const runsActions = new RunsController({
    editor,
    run,
    runs,
    archive,
    leases,
    recorder,
    controller: actions,
    documents,
    estimate: 'storage' in navigator ? () => navigator.storage.estimate() : undefined,
    chooseFile,
    say,
  });
  const showRun = (id: string | null): void => {
    runsActions.choose(id);
    showTab(page, runsTab.id);
  };
  const sweeps = createSweepsStore();
  const sweepsActions = new SweepsController({
    editor,
    sweeps,
    archive,
    leases,
    connect: () => new SweepClient({ onSilent }),
    workers: Math.max(1, Math.min(MOST_SWEEP_WORKERS, navigator.hardwareConcurrency - 1)),
    showRuns(title, ids) {
      runsActions.setLook({ scope: { title, ids: new Set(ids) }, search: '', hidden: new Set() });
      showRun(ids[0] ?? null);
    },
    save: runsActions.save,
  });
  const openGuide = preferences.get(GUIDE_OPEN);
  const guide = createGuideStore(
    openGuide === null ? window.matchMedia(ROOMY).matches : openGuide === 'open',
  );
  const openTemplate = (template: Template): Promise<void> =>
    documents.open(template.document, 'template');
  const guideActions = new GuideController({
    editor,
    run,
    guide,
    page,
    preferences,
    loadTemplate,
    openTemplate,
    say,
  });
  const blocks = new BlocksController({
    store: createBlockStore(),
    page,
    say,
    download: (name, text) => download(fileName(name, 'json'), text, 'application/json'),
  });
  const ownData = new OwnDataController({
    editor,
    page,
    store: createDataStore(),
    port: new DataClient({ onSilent }),
    chooseFiles,
    say,
  });
  first.completeBy((analysis) => withMissingData(analysis, ownData.state.getState().kept));
  const weights = new WeightsController({
    editor,
    page,
    documents,
    run: actions,
    chooseFile,
    say,
  });
  const flow = new OpenFlow({
    documents,
    blocks,
    data: ownData,
    weights,
    page,
    attempts: first.attempts,
    clearLink: () => {
      history.replaceState(null, '', withoutLink(window.location));
    },
    say,
  });

  const layout = new LayoutClient({ onSilent });
  let stopRerun = (): void => undefined;
  const app: App = {
    silentWorkers,
    editor,
    ui,
    run,
    actions,
    kernels,
    kernelsActions,
    landscape,
    landscapeActions,
    runs,
    runsActions,
    sweeps,
    sweepsActions,
    embedding,
    embeddingActions,
    latent,
    latentActions,
    sequence,
    sequenceActions,
    pictures,
    rowSelection,
    probes,
    probesActions,
    guide,
    guideActions,
    documents,
    blocks,
    ownData,
    page,
    flow,
    look,
    tour: new TourController({ page, preferences }),
    recent: keptRecent(preferences),
    layout: (...graph) => layout.layout(...graph),
    theme,
    say,
    openTemplate,
    newDocument: () => documents.open(emptyDocument(), 'new'),
    chooseFile: () => chooseFile(OPENED, (file) => void flow.openFile(file)),
    saveFile: () => saveDocument(editor),
    savePytorch: () => void savePytorch({ editor, page, planner, say }),
    saveMetrics(format) {
      const { metrics, series } = run.getState();
      saveMetrics(format, editor.getState().document.title, metrics, series);
    },
    saveCanvas: (format) => orSay(say, saveCanvas(format, editor, ui, say)),
    weights,
    reproduce() {
      stopRerun();
      page.setState({ reproductionOpen: true });
      stopRerun = reproduce(editor.getState().document, run, actions, (reproduction) =>
        page.setState({ reproduction }),
      );
    },
    shareAnew(steps) {
      stopRerun();
      page.setState({ dialog: null });
      say(`${plural(steps, 'step')} from step 0: what they give can be shared when they are done.`);
      stopRerun = runAgain(run, actions, steps, (isDone) => {
        if (!isDone) say('The run ended before its results could be shared.');
        else if (page.getState().dialog === null) page.setState({ dialog: { kind: 'share' } });
      });
    },
  };

  editor.subscribe(({ openedRevision }, before) => {
    if (openedRevision === before.openedRevision) return;
    stopRerun();
    page.setState({ reproduction: null, view: 'graph' });
    const { id } = documents.state.getState();
    // When it has been drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => first.attempts.end(id)));
  });
  editor.onFault((diagnostics) => {
    for (const { message, hint } of diagnostics)
      say(hint === undefined ? message : `${message} ${hint}`);
  });
  window.addEventListener('hashchange', () => flow.openAddress(window.location));
  const flush = (): void => void recorder.flush();
  onPageLeft(flush);
  window.addEventListener('beforeunload', (event) => {
    flush();
    // What cannot be kept is asked about.
    const { state } = run.getState();
    if (state === 'running' && runs.getState().fault?.code.startsWith('storage.') === true)
      event.preventDefault();
  });
  if (embed !== null) {
    // One that can be read is open by now.
    flow.refuseAddress(window.location);
    return app;
  }
  foldUntilRun({ ...app, id: () => documents.state.getState().id, preferences });
  void blocks.refresh();
  void ownData.refresh();
  const hasLink = flow.openAddress(window.location);
  if (first.isFirstVisit && !hasLink)
    void documents.recover().then((isFound) => {
      if (!isFound) page.setState({ dialog: { kind: 'gallery', firstVisit: true } });
    });
  tellPlainAddress(page, preferences);
  void tellPutAside(page, documents);
  tellFound(page, documents);
  void tellInterrupted({ page, preferences: ofTab, leases, runs: runsActions, showRun });
  keepOffline(page, () => documents.flush());
  return app;
}
