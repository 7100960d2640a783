import { NORMAL_QUANTILE, UNIFORM_CENTRE } from '../../core/normalQuantile';
import { THREEFRY_PARITY, THREEFRY_ROTATIONS, THREEFRY_ROUNDS } from '../../core/threefry';
import { pythonNumber } from './python';

/** The imports of a script, and what the parts below share. */
export const HEAD = `
import argparse
import json
import math
import os
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor, nn
`.trim();

export const STATE_OF_RUN = `
@dataclass
class Run:
    """Where and on which rows this process computes. A batch is split among \`world\` processes."""

    device: torch.device = torch.device("cpu")
    dtype: torch.dtype = torch.float32
    rank: int = 0
    world: int = 1
    batch: int = BATCH
    seed: int = SEED
    step: Tensor = field(default_factory=lambda: torch.tensor(0))

    @property
    def rows(self) -> int:
        """Rows of the batch that are this process's own."""
        return self.batch // self.world


run = Run()


@contextmanager
def whole_batch(rows: int):
    """All rows on this process alone: for evaluation."""
    before = run.rank, run.world, run.batch
    run.rank, run.world, run.batch = 0, 1, rows
    try:
        yield
    finally:
        run.rank, run.world, run.batch = before
`.trim();

export const DISTRIBUTED = `
# Rows of several processes ------------------------------------------------------------------------
# Every process computes the same loss. What is summed over processes on the way forward is summed on
# the way back, so the mean of their gradients is the gradient by the whole batch.


class _Sum(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x: Tensor) -> Tensor:
        total = x.clone(memory_format=torch.contiguous_format)
        dist.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx, gradient: Tensor) -> Tensor:
        return _Sum.apply(gradient)


class _Gather(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x: Tensor, axis: int) -> Tensor:
        ctx.axis = axis
        own = x.contiguous()
        parts = [torch.empty_like(own) for _ in range(run.world)]
        dist.all_gather(parts, own)
        return torch.cat(parts, dim=axis)

    @staticmethod
    def backward(ctx, gradient: Tensor) -> tuple[Tensor, None]:
        return own_rows(_Sum.apply(gradient), ctx.axis), None


def across_ranks(x: Tensor) -> Tensor:
    """The sum over all processes."""
    return x if run.world == 1 else _Sum.apply(x)


def gathered(x: Tensor, axis: int = 0) -> Tensor:
    """The rows of all processes, in the order of the batch."""
    if run.world == 1:
        return x
    if x.dtype == torch.bool:
        return _Gather.apply(x.to(torch.uint8), axis).to(torch.bool)
    return _Gather.apply(x, axis)


def own_rows(x: Tensor, axis: int = 0) -> Tensor:
    """This process's part of the rows of all."""
    if run.world == 1:
        return x
    count = x.shape[axis] // run.world
    return x.narrow(axis, run.rank * count, count)


def batch_mean(x: Tensor, axes=None) -> Tensor:
    """The mean over axes of which one goes over the rows of all processes."""
    mean = x.mean() if axes is None else x.mean(axes)
    return across_ranks(mean) / run.world
`.trim();

const numbers = (values: readonly number[]): string =>
  values.map((value) => pythonNumber(value)).join(', ');

export const RANDOM = `
# Random numbers -----------------------------------------------------------------------------------
# Each is a function of a key, the step and an index (Threefry-2x32; Salmon et al. 2011): a step draws
# the same on every machine, on any number of processes, and after a restart.

WORD = 0xFFFFFFFF


def threefry(key, index, counter):
    """Two 32-bit words for each index and counter, as int64."""
    ks = (key[0], key[1], 0x${THREEFRY_PARITY.toString(16)} ^ key[0] ^ key[1])
    x0 = (index + ks[0]) & WORD
    x1 = (counter + ks[1]) & WORD
    for turn in range(${THREEFRY_ROUNDS}):
        distance = (${THREEFRY_ROTATIONS.join(', ')})[turn & 7]
        x0 = (x0 + x1) & WORD
        x1 = (((x1 << distance) | (x1 >> (32 - distance))) & WORD) ^ x0
        if turn & 3 == 3:
            injection = (turn >> 2) + 1
            x0 = (x0 + ks[injection % 3]) & WORD
            x1 = (x1 + ks[(injection + 1) % 3] + injection) & WORD
    return x0, x1


def seeded(key):
    """The key of a stream: the document's own, or another one for another seed."""
    return key if run.seed == SEED else threefry(key, run.seed & WORD, run.seed >> 32 & WORD)


def uniform(key, counter, shape, rows: bool = False) -> Tensor:
    """U[0, 1) with 24 bits. \`rows\`: the first axis goes over the rows of this process."""
    count = math.prod(shape)
    index = torch.arange(count, device=run.device) + (run.rank * count if rows else 0)
    words, _ = threefry(seeded(key), index, counter)
    return ((words >> 8).to(run.dtype) / 2**24).reshape(shape)


def normal(key, counter, shape, rows: bool = False) -> Tensor:
    """N(0, 1): the quantile of a uniform number (Wichura 1988, AS 241, PPND7)."""
    q = uniform(key, counter, shape, rows) - ${UNIFORM_CENTRE}

    def ratio(above, below, x):
        numerator = sum(c * x**power for power, c in enumerate(above))
        return numerator / sum(c * x**power for power, c in enumerate(below))

    central = ratio(
        (${numbers(NORMAL_QUANTILE.centralNumerator)}),
        (${numbers(NORMAL_QUANTILE.centralDenominator)}),
        ${NORMAL_QUANTILE.centre} - q**2,
    )
    tail = ratio(
        (${numbers(NORMAL_QUANTILE.tailNumerator)}),
        (${numbers(NORMAL_QUANTILE.tailDenominator)}),
        (-(0.5 - q.abs()).log()).sqrt() - ${NORMAL_QUANTILE.tail},
    )
    return torch.where(q.abs() <= ${NORMAL_QUANTILE.split}, q * central, q.sign() * tail)


def sample_rows(key, step, count: int) -> Tensor:
    """This process's rows of a step's batch: by a keyed permutation, none twice in an epoch."""
    place = step * run.batch + row_numbers(run.rows)
    epoch, place = place // count, place % count
    half = 1
    while 4**half < count:
        half += 1
    mask = 2**half - 1
    outside = torch.ones_like(place, dtype=torch.bool)
    while outside.any():
        left, right = place >> half, place & mask
        for turn in range(4):
            word, _ = threefry(seeded(key), right + turn * 0x10000, epoch)
            left, right = right, left ^ (word & mask)
        place = torch.where(outside, (left << half) | right, place)
        outside = place >= count
    return place
`.trim();

export const OPERATIONS_SECTION = `
# Small things -------------------------------------------------------------------------------------


def full(shape, value) -> Tensor:
    return torch.full(shape, value, device=run.device)


def array(values) -> Tensor:
    return torch.tensor(values, device=run.device)


def numbers(count: int) -> Tensor:
    """0, 1, …"""
    return torch.arange(count, device=run.device)


def row_numbers(count: int) -> Tensor:
    """The numbers of this process's rows in the batch."""
    return torch.arange(count, device=run.device) + run.rank * count


def root(x: Tensor) -> Tensor:
    """A square root whose derivative at 0 is 0."""
    positive = x > 0
    return torch.where(positive, torch.where(positive, x, 1.0).sqrt(), 0.0)


def tracked(x: Tensor) -> Tensor:
    """A value that energies are differentiated by."""
    return x if x.requires_grad else x.detach().requires_grad_()


def scatter_add(indices: Tensor, updates: Tensor, count: int) -> Tensor:
    """Rows added up where they belong."""
    rows = updates.reshape(indices.numel(), *updates.shape[indices.dim() :])
    start = torch.zeros(count, *rows.shape[1:], dtype=updates.dtype, device=updates.device)
    return start.index_add(0, indices.reshape(-1), rows)


def conv2d(x: Tensor, filters: Tensor, strides, padding) -> Tensor:
    """NHWC and HWIO; padding: top, bottom, left, right."""
    top, bottom, left, right = padding
    image = F.pad(x.permute(0, 3, 1, 2), (left, right, top, bottom))
    return F.conv2d(image, filters.permute(3, 2, 0, 1), stride=strides).permute(0, 2, 3, 1)


def conv2d_transposed(y: Tensor, filters: Tensor, strides, padding, size) -> Tensor:
    """The transpose of \`conv2d\`: an image of the given height and width."""
    top, bottom, left, right = padding
    image = F.conv_transpose2d(y.permute(0, 3, 1, 2), filters.permute(3, 2, 0, 1), stride=strides)
    missing_rows = size[0] + top + bottom - image.shape[2]
    missing_columns = size[1] + left + right - image.shape[3]
    image = F.pad(image, (0, missing_columns, 0, missing_rows))
    return image[:, :, top : top + size[0], left : left + size[1]].permute(0, 2, 3, 1)


def conv2d_filter_gradient(x: Tensor, y: Tensor, shape, strides, padding) -> Tensor:
    """The gradient of sum(conv2d(x, filters) * y) by the filters."""
    with torch.enable_grad():
        filters = torch.zeros(shape, dtype=x.dtype, device=x.device, requires_grad=True)
        total = (conv2d(x, filters, strides, padding) * y).sum()
        return torch.autograd.grad(total, filters)[0]
`.trim();

export const FILES = `
# Files --------------------------------------------------------------------------------------------


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Arrays by name, in the format of huggingface/safetensors."""
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    header.pop("__metadata__", None)
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        kind = {"F32": np.float32, "I32": np.int32}[entry["dtype"]]
        values = np.frombuffer(content[8 + length + begin : 8 + length + end], kind)
        arrays[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return arrays


def write_safetensors(path: Path, arrays: dict[str, Tensor], metadata: dict[str, str]) -> None:
    header, parts, offset = {"__metadata__": metadata}, [], 0
    for name, tensor in arrays.items():
        part = tensor.detach().cpu().to(torch.float32).numpy().astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(part)],
        }
        parts.append(part)
        offset += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(parts))


def load_data(path: Path) -> dict[str, Tensor]:
    arrays = read_safetensors(path)
    return {name: array.to(run.device, run.dtype) for name, array in arrays.items()}


def states(model: nn.Module) -> dict[str, Tensor]:
    """The arrays of the model by the names that they have in weights files."""
    held = {**dict(model.named_parameters()), **dict(model.named_buffers())}
    return {name: held[path] for name, (path, _) in STATE.items()}


@torch.no_grad()
def load_weights(model: nn.Module, path: Path) -> None:
    arrays = read_safetensors(path)
    for name, tensor in states(model).items():
        tensor.copy_(arrays[name])


@torch.no_grad()
def draw_weights(model: nn.Module) -> None:
    """Initial weights for a seed of one's own. Averages of weights start as what they follow."""
    for name, tensor in states(model).items():
        initial = STATE[name][1]
        if initial[0] == "constant":
            tensor.fill_(initial[1])
            continue
        kind, scale, key = initial
        shape = tensor.shape
        drawn = uniform(key, 0, shape) * 2 - 1 if kind == "uniform" else normal(key, 0, shape)
        tensor.copy_(drawn * scale)
`.trim();

export const TRAINING = `
# Training -----------------------------------------------------------------------------------------


def learning_rate(step: int, rate: float, steps: int) -> float:
    """Linear warm-up, then constant, or a cosine to a final fraction (Loshchilov & Hutter 2017)."""
    if step < WARMUP_STEPS:
        return rate * (step + 1) / WARMUP_STEPS
    if SCHEDULE == "constant":
        return rate
    progress = min((step - WARMUP_STEPS) / max(steps - WARMUP_STEPS, 1), 1.0)
    half = (1 - FINAL_FRACTION) / 2
    return rate * (FINAL_FRACTION + half + half * math.cos(math.pi * progress))


def make_optimizer(model: Model) -> torch.optim.Optimizer:
    groups = [
        {"params": [weight for weight in module.parameters()], "name": name}
        for name, module in model.named_children()
        if any(True for _ in module.parameters())
    ]
    return OPTIMIZER(groups)


def is_trained(name: str, step: int) -> bool:
    first, until = TRAINED_STEPS.get(name, (0, None))
    return step >= first and (until is None or step < until)


def train_step(model, optimizer, data, step: int, rate: float) -> tuple[Outcome, float]:
    """One step: the loss before it and its gradient's norm. Stops where these are not finite."""
    run.step.fill_(step)
    optimizer.zero_grad(set_to_none=True)
    outcome = model(data)
    if outcome.loss.requires_grad:
        outcome.loss.backward()
    gradients = []
    for group in optimizer.param_groups:
        group["lr"] = rate * float(outcome.factors.get(group["name"], 1.0))
        for weight in group["params"]:
            if not is_trained(group["name"], step):
                weight.grad = None
                continue
            if weight.grad is None:
                weight.grad = torch.zeros_like(weight)
            if run.world > 1:
                dist.all_reduce(weight.grad)
                weight.grad /= run.world
            gradients.append(weight.grad)
    norm = math.sqrt(sum(float((gradient**2).sum()) for gradient in gradients))
    if not (math.isfinite(float(outcome.loss)) and math.isfinite(norm)):
        raise FloatingPointError(f"step {step + 1}: the loss or its gradient is not finite")
    if CLIP_NORM is not None:
        for gradient in gradients:
            gradient *= min(CLIP_NORM / (norm + 1e-6), 1.0)
    optimizer.step()
    with torch.no_grad():
        held = states(model)
        for name, value in outcome.statistics.items():
            held[name].copy_(value)
        for owner, name, followed in AVERAGES:
            held[name].lerp_(held[followed], outcome.rates[owner])
    return outcome, norm


def effective_rank(z: Tensor) -> float:
    """exp of the entropy of singular values of centred rows (RankMe; Garrido et al. 2023, Eq. 2)."""
    values = torch.linalg.svdvals(z - z.mean(0))
    total = float(values.sum())
    if total == 0:
        return 0.0
    shares = values / total + 1e-7
    return float(torch.exp(-(shares * shares.log()).sum()))


def evaluate(model: Model, data, step: int) -> dict:
    """Of each representation on held-out rows: mean deviation of its numbers, and effective rank."""
    run.step.fill_(step)
    model.eval()
    with whole_batch(HELD_OUT_ROWS):
        representations = model.evaluate(data)
    model.train()
    report = {
        name: {"std": float(z.std(0, unbiased=True).mean()), "effectiveRank": effective_rank(z)}
        for name, z in representations.items()
    }
    return {"step": step, "representations": report}


def save_checkpoint(path: Path, model, optimizer, step: int) -> None:
    """Written beside and renamed, so that an interrupted run leaves the one before."""
    beside = path.with_name(path.name + ".part")
    content = {"step": step, "seed": run.seed, "model": model.state_dict()}
    torch.save({**content, "optimizer": optimizer.state_dict()}, beside)
    os.replace(beside, path)


def load_checkpoint(path: Path, model, optimizer) -> int:
    content = torch.load(path, map_location=run.device)
    run.seed = content["seed"]
    model.load_state_dict(content["model"])
    optimizer.load_state_dict(content["optimizer"])
    return content["step"]


def parse_arguments(arguments=None) -> argparse.Namespace:
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=TITLE)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--device", help="cpu, cuda, cuda:1 (a GPU if there is one)")
    parser.add_argument("--batch", type=int, default=BATCH, help="rows of all processes")
    parser.add_argument("--seed", type=int, default=SEED, help="other weights, other noise")
    parser.add_argument("--rate", type=float, default=LEARNING_RATE, help="learning rate")
    parser.add_argument("--every", type=int, default=10, help="print every so many steps")
    parser.add_argument("--dtype", choices=("float32", "float64"), default="float32")
    parser.add_argument("--weights", type=Path, default=here / "weights.safetensors")
    parser.add_argument("--data", type=Path, default=here / "data.safetensors")
    parser.add_argument("--checkpoint", type=Path, help="written as it trains; goes on from it")
    parser.add_argument("--output", type=Path, help="write the trained weights as safetensors")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NODE.PARAM=VALUE", help="a number of CONFIG"
    )
    return parser.parse_args(arguments)


def prepare(options: argparse.Namespace) -> None:
    """The process's place among others, as torchrun says; its device; the numbers given."""
    run.rank, run.world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    has_gpu = torch.cuda.is_available()
    local = int(os.environ.get("LOCAL_RANK", 0))
    default = f"cuda:{local}" if has_gpu else "cpu"
    run.device = torch.device(options.device or default)
    if run.device.type == "cuda":
        torch.cuda.set_device(run.device)
    if run.world > 1 and not dist.is_initialized():
        dist.init_process_group("nccl" if run.device.type == "cuda" else "gloo")
    run.dtype = getattr(torch, options.dtype)
    torch.set_default_dtype(run.dtype)
    if options.batch != BATCH and not ANY_BATCH:
        sys.exit(f"This graph is exported for batches of {BATCH}: export it anew for another size.")
    if options.batch % run.world != 0:
        sys.exit(f"A batch of {options.batch} rows cannot be split among {run.world} processes.")
    run.batch, run.seed = options.batch, options.seed
    run.step = torch.tensor(0, device=run.device)
    for setting in options.set:
        name, _, value = setting.partition("=")
        if name not in config:
            sys.exit(f"There is no number {name}. There are: {', '.join(config) or 'none'}.")
        config[name] = float(value)


def say(line: dict) -> None:
    """A line of JSON, by the first process only."""
    if run.rank == 0:
        print(json.dumps(line, allow_nan=False), flush=True)


def train(options: argparse.Namespace, hear=None) -> dict:
    """Trains, printing lines, and returns the last. \`hear(step, loss)\` may end it by giving True."""
    prepare(options)
    model = Model().to(run.device, run.dtype)
    if run.seed == SEED:
        load_weights(model, options.weights)
    else:
        draw_weights(model)
    data = load_data(options.data)
    optimizer = make_optimizer(model)
    start = 0
    if options.checkpoint and options.checkpoint.exists():
        start = load_checkpoint(options.checkpoint, model, optimizer)
    line: dict = {"loss": None, "terms": {}}
    diverged, began, step = False, time.perf_counter(), start
    while step < options.steps:
        rate = learning_rate(step, options.rate, options.steps)
        try:
            outcome, norm = train_step(model, optimizer, data, step, rate)
        except FloatingPointError as fault:
            diverged = True
            print(fault, file=sys.stderr)
            break
        step += 1
        last = step == options.steps
        if step == 1 or step % options.every == 0 or last:
            terms = {name: float(value) for name, value in outcome.terms.items()}
            line = {"step": step, "loss": float(outcome.loss), "terms": terms, "gradNorm": norm}
            say(line)
            if hear is not None and hear(step, line["loss"]):
                break
        if step % EVALUATE_EVERY == 0 or last:
            if run.rank == 0:
                say({"evaluation": evaluate(model, data, step)})
                if options.checkpoint:
                    save_checkpoint(options.checkpoint, model, optimizer, step)
    seconds = time.perf_counter() - began
    done = {
        "done": True,
        "step": step,
        "loss": line["loss"],
        "terms": line["terms"],
        "engine": "pytorch",
        "backend": str(run.device),
        "stepsPerSecond": round((step - start) / seconds, 1),
        "diverged": diverged,
    }
    say(done)
    if options.output and run.rank == 0:
        metadata = {"format": "basin-weights-1", "step": str(step), "seed": str(run.seed)}
        write_safetensors(options.output, states(model), metadata)
    return done


def main() -> None:
    outcome = train(parse_arguments())
    if dist.is_initialized():
        dist.destroy_process_group()
    sys.exit(1 if outcome["diverged"] else 0)
`.trim();
