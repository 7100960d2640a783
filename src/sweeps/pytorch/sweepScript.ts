import { canonicalJson } from '../../document/canonical';
import { withoutHidden } from '../../core/hiddenCharacters';
import { prose, pythonString } from '../../interop/pytorch/python';
import { pointCount } from '../trials';
import type { PytorchSweep } from './sweepVariants';

/** Where a variant is. */
export interface VariantPlace {
  /** The numbers of its values and of its seed, with commas. */
  readonly key: string;
  readonly folder: string;
  readonly data: string;
}

/** `sweep.py`: the sweep's points as an Optuna study that any number of workers share through a file. */
export function sweepScript(
  { sweep, uses }: PytorchSweep,
  variants: readonly VariantPlace[],
): string {
  const definition = withoutHidden(canonicalJson(sweep, 'compact')).replaceAll("'''", "\\u0027''");
  const axes = sweep.axes.map(({ target, parameter, values }, index) => {
    const use = uses[index];
    const option = use?.as === 'number' ? pythonString(use.option) : 'None';
    const name = pythonString(`${target}.${parameter}`);
    return `    (${name}, json.loads(r'''${JSON.stringify(values).replaceAll("'''", "\\u0027''")}'''), ${option}),`;
  });
  const places = variants.map(
    ({ key, folder, data }) =>
      `    ${pythonString(key)}: (${pythonString(folder)}, ${pythonString(data)}),`,
  );
  return `"""${prose(sweep.name)}

python sweep.py --trials 10        trains ten trials; start it as often as you like, on any machine that sees this folder

All workers share one study, in a journal file, and each writes the runs that it has finished as lines of JSON: Import in the
tab Runs of Basin takes them. It needs Optuna (pip install optuna).
"""

import argparse
import contextlib
import importlib.util
import json
import os
import socket
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent

# The sweep as Basin knows it.
SWEEP = json.loads(
    r'''${definition}'''
)
STEPS = ${sweep.steps}
FIRST_SEED = ${sweep.document.training.seed}
SEEDS = ${sweep.seeds}
POINTS = ${pointCount(sweep)}
# Name, values, and the number of the script that takes them; None where each value is a script of its own.
AXES = [
${axes.join('\n')}
]
# Folder and data of each script, by the numbers of its values and of its seed.
VARIANTS = {
${places.join('\n')}
}


def load(folder: str):
    """A script as a module of its own: each has the state of a run."""
    path = HERE / folder / "train.py"
    spec = importlib.util.spec_from_file_location(f"variant_{time.monotonic_ns()}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def trial_number(choices: list[int], seed: int) -> int:
    """The place in the grid: seed by seed, the last axis first."""
    number = 0
    for (_, values, _), choice in zip(AXES, choices):
        number = number * len(values) + choice
    return seed * POINTS + number


def run_trial(choices: list[int], seed: int, hear=None, arguments=()) -> dict:
    """Trains one trial: for each axis the number of its value, and the number of the seed. Returns its line."""
    key, settings, values = [], [], {}
    for (name, possible, option), choice in zip(AXES, choices):
        value = possible[choice]
        values[name] = value
        if option is None:
            key.append(choice)
        elif option.startswith("--"):
            settings += [option, str(value)]
        else:
            settings += ["--set", f"{option}={value!r}"]
    key.append(seed)
    folder, data = VARIANTS[",".join(str(number) for number in key)]
    module = load(folder)
    options = module.parse_arguments(
        [*settings, "--steps", str(STEPS), "--data", str(HERE / data), *arguments]
    )
    curve: list[list[float]] = []

    def listen(step: int, loss: float) -> bool:
        curve.append([step, loss])
        return hear is not None and bool(hear(step, loss))

    began = time.time()
    with contextlib.redirect_stdout(sys.stderr):
        done = module.train(options, listen)
    return {
        "sweep": SWEEP["id"],
        "trial": trial_number(choices, seed) + 1,
        "values": values,
        "seed": FIRST_SEED + seed,
        "created": int(began * 1000),
        "seconds": round(time.time() - began, 3),
        "step": done["step"],
        "loss": done["loss"],
        "terms": done["terms"],
        "curve": curve,
        "engine": done["engine"],
        "backend": done["backend"],
        "diverged": done["diverged"],
    }


class RunsFile:
    """Lines of finished trials. The first says which sweep they are of."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"runs-{socket.gethostname()}-{os.getpid()}.jsonl"

    def add(self, line: dict) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            if file.tell() == 0:
                file.write(json.dumps({"format": "basin-trials", "sweep": SWEEP}) + "\\n")
            file.write(json.dumps(line) + "\\n")


def objective(trial, runs: RunsFile, arguments=()) -> float:
    """The loss at the end of a trial; Optuna may end one early."""
    from optuna import TrialPruned

    choices = [
        trial.suggest_categorical(name, list(range(len(values)))) for name, values, _ in AXES
    ]
    seed = trial.suggest_categorical("seed", list(range(SEEDS))) if SEEDS > 1 else 0
    pruned = False

    def hear(step: int, loss: float) -> bool:
        nonlocal pruned
        trial.report(loss, step)
        pruned = trial.should_prune()
        return pruned

    line = run_trial(choices, seed, hear, arguments)
    if pruned:
        raise TrialPruned()
    runs.add(line)
    print(json.dumps(line), flush=True)
    if line["diverged"]:
        raise TrialPruned()
    return line["loss"]


def search_space() -> dict[str, list[int]]:
    space = {name: list(range(len(values))) for name, values, _ in AXES}
    return {**space, "seed": list(range(SEEDS))} if SEEDS > 1 else space


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\\n")[0])
    parser.add_argument("--trials", type=int, default=${sweep.trials ?? 'POINTS * SEEDS'}, help="of this worker")
    parser.add_argument("--study", type=Path, default=HERE / "study.log", help="the journal file")
    parser.add_argument("--sampler", choices=("grid", "random", "tpe"), default="${sweep.order}")
    parser.add_argument("--prune", action="store_true", help="end what lags behind the median")
    options, arguments = parser.parse_known_args()
    try:
        import optuna
        from optuna.storages import JournalStorage
    except ImportError:
        sys.exit("Optuna is not installed: pip install optuna")
    try:
        from optuna.storages.journal import JournalFileBackend as JournalFile
    except ImportError:
        from optuna.storages import JournalFileStorage as JournalFile
    samplers = {
        "grid": lambda: optuna.samplers.GridSampler(search_space()),
        "random": optuna.samplers.RandomSampler,
        "tpe": optuna.samplers.TPESampler,
    }
    study = optuna.create_study(
        study_name=SWEEP["id"],
        storage=JournalStorage(JournalFile(str(options.study))),
        load_if_exists=True,
        direction="minimize",
        sampler=samplers[options.sampler](),
        pruner=optuna.pruners.MedianPruner() if options.prune else optuna.pruners.NopPruner(),
    )
    runs = RunsFile(options.study.resolve().parent)
    study.optimize(lambda trial: objective(trial, runs, arguments), n_trials=options.trials)
    print(json.dumps({"best": study.best_params, "loss": study.best_value}))


if __name__ == "__main__":
    main()
`;
}
