"""Images per second of attempt 4 in PyTorch, to hold `throughput` against: the same network, batch, loss and optimiser.

    python3 attempt4.py --device cuda --batch 64 --steps 10

Prints one JSON object with throughput's keys. All arithmetic is float32, as GalaxyNet's is: TF32 is switched off.
"""

import argparse
import json
import resource
import statistics
import time

import torch
from torch import nn

CLASSES = 37
GFLOP_PER_TRAINING_IMAGE = 1.42
GEMM_SIZE = 1024


def attempt4():
    return nn.Sequential(
        nn.Conv2d(3, 64, 9, padding=4), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(64, 96, 5, padding=2), nn.BatchNorm2d(96), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(96, 128, 3, padding=1), nn.BatchNorm2d(128), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(8192, 1024), nn.Dropout(0.15), nn.ReLU(),
        nn.Linear(1024, 256), nn.Dropout(0.15), nn.ReLU(),
        nn.Linear(256, CLASSES), nn.Sigmoid(),
    )


def median_seconds(device, runs, run):
    def timed():
        start = time.perf_counter()
        run()
        if device.type == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter() - start

    timed()  # to compile, and to choose algorithms
    return statistics.median(timed() for _ in range(runs))


def measure(device, batch, steps):
    left, right = (torch.rand(GEMM_SIZE, GEMM_SIZE, device=device) for _ in range(2))
    product = median_seconds(device, steps, lambda: left @ right)

    network = attempt4().to(device)
    optimizer = torch.optim.Adam(network.parameters())
    images = torch.rand(batch, 3, 64, 64, device=device)
    answers = torch.rand(batch, CLASSES, device=device)

    def step():
        optimizer.zero_grad()
        ((network(images) - answers) ** 2).mean().backward()
        optimizer.step()

    training = median_seconds(device, steps, step)
    network.eval()
    with torch.no_grad():
        inference = median_seconds(device, steps, lambda: network(images))
    return {
        "device": f"PyTorch {torch.__version__}, {name_of(device)}",
        "batch": batch,
        "train_images_per_second": batch / training,
        "infer_images_per_second": batch / inference,
        "gemm_1024_gflops": 2e-9 * GEMM_SIZE**3 / product,
        "direct_equivalent_gflops": GFLOP_PER_TRAINING_IMAGE * batch / training,
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    }


def name_of(device):
    return torch.cuda.get_device_name(device) if device.type == "cuda" else f"CPU, {torch.get_num_threads()} threads"


def main():
    parser = argparse.ArgumentParser(description="Images per second of attempt 4 in PyTorch, training and inferring.")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu", help="cuda or cpu")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--threads", type=int, help="of the CPU")
    arguments = parser.parse_args()
    if arguments.device.startswith("cuda") and not torch.cuda.is_available():
        parser.error("--device cuda: this PyTorch finds no CUDA GPU")
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    print(json.dumps(measure(torch.device(arguments.device), arguments.batch, arguments.steps)))


if __name__ == "__main__":
    main()
