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
    return optimizer_of(groups)


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
        if len(z) > 1
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
        "--set", action="append", default=[], metavar="NODE.PARAM=VALUE", help="a number of config"
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
    if run.world > 1 and not SPLITS:
        sys.exit("This graph needs its whole batch in one process: start it by python, without torchrun.")
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
            line["learningRate"] = rate
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
