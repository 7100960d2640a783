"""What scripts do beside a step: go on from a checkpoint, and train the trials of a sweep.

flows.py SCRIPT SWEEP    folders of an exported graph, and of one with a sweep
"""

import contextlib
import importlib.util
import io
import json
import sys
import types
from pathlib import Path

from check import load


def lines_of(module, arguments, hear=None):
    """The lines that a training prints."""
    said = io.StringIO()
    common = ["--device", "cpu", "--dtype", "float64", "--steps", "12", "--every", "1"]
    with contextlib.redirect_stdout(said):
        module.train(module.parse_arguments([*common, *arguments]), hear)
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    return [line for line in lines if not line.get("done")]


def resumes(folder):
    """Ended at step 8, and gone on from the checkpoint of step 5: the same lines to the last bit."""
    checkpoint = Path(folder) / "checkpoint.pt"
    module = load(folder)
    module.EVALUATE_EVERY = 5
    whole = lines_of(module, [])
    first = lines_of(module, ["--checkpoint", str(checkpoint)], lambda step, _: step == 8)
    rest = lines_of(module, ["--checkpoint", str(checkpoint)])
    return first == whole[: len(first)] and rest == whole[-len(rest) :] and rest[0]["step"] == 6


class Trial:
    """An Optuna trial, as far as a sweep asks one."""

    def __init__(self, choice, prunes=False):
        self.choice, self.prunes, self.heard = choice, prunes, []

    def suggest_categorical(self, name, choices):
        return choices[min(self.choice, len(choices) - 1)]

    def report(self, value, step):
        self.heard.append((step, value))

    def should_prune(self):
        return self.prunes


def sweeps(folder):
    optuna = types.ModuleType("optuna")
    optuna.TrialPruned = type("TrialPruned", (Exception,), {})
    sys.modules["optuna"] = optuna
    spec = importlib.util.spec_from_file_location("sweep", f"{folder}/sweep.py")
    sweep = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sweep)
    runs = sweep.RunsFile(Path(folder))
    arguments = ["--device", "cpu"]
    with contextlib.redirect_stdout(sys.stderr):
        losses = [sweep.objective(Trial(choice), runs, arguments) for choice in (0, 1)]
        pruned = Trial(0, prunes=True)
        try:
            sweep.objective(pruned, runs, arguments)
            ended = False
        except optuna.TrialPruned:
            ended = len(pruned.heard) == 1
    return {"path": str(runs.path), "losses": losses, "ended": ended}


def main():
    print(json.dumps({"flow": "resume", "holds": resumes(sys.argv[1])}), flush=True)
    print(json.dumps({"flow": "sweep", **sweeps(sys.argv[2])}), flush=True)


if __name__ == "__main__":
    main()
