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
