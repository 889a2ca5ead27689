"""PyTorch on a GPU: eager, and compiled, where the delays need not reach memory."""

from __future__ import annotations

import torch

VERSION = f"PyTorch {torch.__version__}"
CHUNK_DRAWS = 2**27  # 512 MiB of float32
torch.set_grad_enabled(False)


def device() -> str:
    return torch.cuda.get_device_name(0)


def eager(m: int, rate: float):
    iterations = max(1, CHUNK_DRAWS // m)
    torch.manual_seed(m)
    delays = torch.empty((iterations, m), device="cuda")

    def draw():
        smallest, largest = torch.aminmax(delays.exponential_(rate), dim=1)
        return torch.stack([largest.double().sum(), smallest.double().sum()])

    return iterations, draw


def compiled(m: int, rate: float):
    iterations = max(1, CHUNK_DRAWS // m)
    torch.manual_seed(m)

    @torch.compile(dynamic=False)
    def draw():
        delays = -torch.log1p(-torch.rand((iterations, m), device="cuda")) / rate  # rand is in [0, 1)
        return torch.stack([delays.amax(1).double().sum(), delays.amin(1).double().sum()])

    return iterations, draw
