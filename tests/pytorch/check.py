"""Trains exported scripts for some steps in one process, and prints what each came to as a line of JSON.

check.py STEPS DIR ...    each DIR has a train.py
"""

import contextlib
import importlib.util
import json
import sys
import time


def load(folder):
    spec = importlib.util.spec_from_file_location(folder.replace("/", "_"), f"{folder}/train.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def losses(module, steps, *arguments):
    """Of each step, from the document's own weights."""
    options = module.parse_arguments(["--device", "cpu", "--dtype", "float64", *arguments])
    module.prepare(options)
    model = module.Model().to(module.run.device, module.run.dtype)
    module.load_weights(model, options.weights)
    data = module.load_data(options.data)
    optimizer = module.make_optimizer(model)
    found = []
    for step in range(steps):
        rate = module.learning_rate(step, options.rate, options.steps)
        outcome, norm = module.train_step(model, optimizer, data, step, rate)
        found.append((float(outcome.loss), norm))
    report = module.evaluate(model, data, steps)
    return {"loss": [loss for loss, _ in found], "gradNorm": [norm for _, norm in found], **report}


def main():
    steps = int(sys.argv[1])
    for folder in sys.argv[2:]:
        began = time.perf_counter()
        try:
            with contextlib.redirect_stdout(sys.stderr):
                line = losses(load(folder), steps)
        except Exception as fault:
            line = {"fault": f"{type(fault).__name__}: {fault}"}
        print(json.dumps({"folder": folder, "seconds": time.perf_counter() - began, **line}), flush=True)


if __name__ == "__main__":
    main()
