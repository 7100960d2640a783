"""What PyTorch's nn.GRU makes of a short sequence, for nodes/module/gru/definition.test.ts and nodes/module/rollout/definition.test.ts.

    python3 tests/oracles/gru.py

Two samples of three steps of two numbers, a state of two; every array is sin(index * step) of its own step, row-major, in
Basin's layout: weights are inputs x outputs, gates r, z, n side by side.
"""

import json

import torch

SAMPLES, STEPS, INPUTS, WIDTH = 2, 3, 2, 2


def waves(shape: tuple[int, ...], step: float) -> torch.Tensor:
    count = int(torch.tensor(shape).prod())
    return torch.sin(torch.arange(count, dtype=torch.float64) * step).reshape(shape)


def main() -> None:
    gru = torch.nn.GRU(INPUTS, WIDTH, batch_first=True).double()
    with torch.no_grad():
        gru.weight_ih_l0.copy_(waves((INPUTS, 3 * WIDTH), 0.7).T)
        gru.weight_hh_l0.copy_(waves((WIDTH, 3 * WIDTH), 1.1).T)
        gru.bias_ih_l0.copy_(waves((3 * WIDTH,), 1.3))
        gru.bias_hh_l0.copy_(waves((3 * WIDTH,), 1.7))
    x = waves((SAMPLES, STEPS, INPUTS), 0.9)
    first = waves((SAMPLES, WIDTH), 2.3)
    with torch.no_grad():
        states, _ = gru(x)
        continued, _ = gru(x, first[None])
    record = {
        "pytorch": torch.__version__,
        "states": states.flatten().tolist(),
        "continued": continued.flatten().tolist(),
    }
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
