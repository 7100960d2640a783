"""The same for several processes of torchrun: the first one prints. With the two traps of batch statistics.

ranks.py STEPS TRAPS DIR ...    TRAPS has a folder for each trap
"""

import json
import os
import sys

import torch
import torch.distributed as dist

from check import load, losses


def prepared(folder, *arguments):
    module = load(folder)
    module.prepare(module.parse_arguments(["--device", "cpu", "--dtype", "float64", *arguments]))
    model = module.Model().to(module.run.dtype)
    return module, model, module.load_data(module.Path(folder) / "data.safetensors")


@torch.no_grad()
def constant_embeddings(folder):
    """InfoNCE where every row is embedded alike: log of the global batch."""
    module, model, data = prepared(folder)
    for weight in model.parameters():
        weight.fill_(1.0 if weight.dim() == 1 else 0.0)
    return float(model(data).loss)


@torch.no_grad()
def opposite_projections(folder):
    """SIGReg of the two numbers -1 and 1: one on each process, of two."""
    module, model, data = prepared(folder)
    for weight in model.parameters():
        weight.fill_(0.0 if weight.dim() == 1 else 1.0)
    (name,) = (key for key in data if "/train/" in key)
    with module.whole_batch(module.run.batch):
        data[name][:] = torch.where(torch.arange(len(data[name])) % 2 == 0, -1.0, 1.0)[:, None]
        # The rows of the batch are of both kinds.
        rows = model_rows(module, model, data, name)
    data[name][rows] = torch.tensor([[-1.0], [1.0]])
    return float(model(data).loss)


def model_rows(module, model, data, name):
    """Which rows the first step reads."""
    drawn = []
    sample = module.sample_rows

    def watching(*arguments):
        drawn.append(sample(*arguments))
        return drawn[-1]

    module.sample_rows = watching
    model(data)
    module.sample_rows = sample
    return drawn[0]


def main():
    steps, traps = int(sys.argv[1]), sys.argv[2]
    first = int(os.environ.get("RANK", 0)) == 0

    def say(line):
        if first:
            print(json.dumps(line), flush=True)

    say({"trap": "infonce", "loss": constant_embeddings(f"{traps}/infonce")})
    say({"trap": "sigreg", "loss": opposite_projections(f"{traps}/sigreg")})
    for folder in sys.argv[3:]:
        module = load(folder)
        say({"folder": folder, **losses(module, steps)})
    if dist.is_initialized():
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
