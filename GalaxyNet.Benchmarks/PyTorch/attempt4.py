"""Images per second of attempt 4 in PyTorch, to hold `throughput` against: the same network, batch, loss and optimizer.

    python3 attempt4.py --device cuda --batch 64 --graph

Prints one JSON object with throughput's keys. All arithmetic is float32, as GalaxyNet's is, unless `--tf32` asks for less.
`--graph` is PyTorch at its best on a GPU: Adam as one kernel, and a whole step as one CUDA graph, with images in whichever
order of channels is faster, which "device" then says.
"""

import argparse
import json
import resource
import statistics
import sys
import time

try:
    import torch
    from torch import nn
except ModuleNotFoundError:
    sys.exit("This Python has no PyTorch: https://pytorch.org/get-started says how to install it.")

CLASSES = 37
GFLOP_PER_TRAINING_IMAGE = 1.42
GEMM_SIZE = 1024
GPU_WARM_UP_SECONDS = 1
LEAST_GPU_STEPS = 200
ORDERS = {"channels first": torch.contiguous_format, "channels last": torch.channels_last}


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
    run()  # to compile, and to choose algorithms
    if device.type == "cuda":
        return statistics.median(gpu_seconds(max(runs, LEAST_GPU_STEPS), run))
    return statistics.median(cpu_seconds(run) for _ in range(runs))


def cpu_seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def gpu_seconds(runs, run):
    """By the GPU's own clock, and without waiting for a run before the next: so does training."""
    warm = time.perf_counter() + GPU_WARM_UP_SECONDS  # the GPU raises its clock as it works
    while time.perf_counter() < warm:
        run()
        torch.cuda.synchronize()
    marks = [torch.cuda.Event(enable_timing=True) for _ in range(runs + 1)]
    marks[0].record()
    for mark in marks[1:]:
        run()
        mark.record()
    torch.cuda.synchronize()
    return [1e-3 * begin.elapsed_time(end) for begin, end in zip(marks, marks[1:])]


def as_graph(run):
    """What replays all that a run does on the GPU, in one launch."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):  # PyTorch wants a few runs on another stream before it captures one
        for _ in range(5):
            run()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        run()
    return graph.replay


def measure(device, order, arguments):
    """The seconds of a training step and of an inference, by names of the two."""
    network = attempt4().to(device, memory_format=order)
    images = torch.rand(arguments.batch, 3, 64, 64, device=device).contiguous(memory_format=order)
    answers = torch.rand(arguments.batch, CLASSES, device=device)
    best = arguments.graph or arguments.compile
    optimizer = torch.optim.Adam(network.parameters(), fused=best or None, capturable=arguments.graph)
    if arguments.compile:
        network = torch.compile(network, mode="max-autotune")

    def train():
        optimizer.zero_grad()
        ((network(images) - answers) ** 2).mean().backward()
        optimizer.step()

    def infer():
        with torch.no_grad():
            network(images)

    prepare = as_graph if arguments.graph else lambda run: run
    training = median_seconds(device, arguments.steps, prepare(train))
    network.eval()
    return {"training": training, "inference": median_seconds(device, arguments.steps, prepare(infer))}


def report(device, arguments):
    left, right = (torch.rand(GEMM_SIZE, GEMM_SIZE, device=device) for _ in range(2))
    product = median_seconds(device, arguments.steps, lambda: left @ right)
    orders = ORDERS if arguments.graph else {"": torch.contiguous_format}
    seconds = {name: measure(device, order, arguments) for name, order in orders.items()}
    fastest = {what: min(orders, key=lambda name: seconds[name][what]) for what in ("training", "inference")}
    training, inference = (seconds[fastest[what]][what] for what in fastest)

    precision = "TF32 (less precise than float32)" if arguments.tf32 else "float32"
    how = [f"PyTorch {torch.__version__}", name_of(device), precision]
    if arguments.compile:
        how.append("compiled")
    if arguments.graph:
        how.append("CUDA graph with " + ", ".join(f"{fastest[what]} in {what}" for what in fastest))
    return {
        "device": ", ".join(how),
        "batch": arguments.batch,
        "train_images_per_second": arguments.batch / training,
        "infer_images_per_second": arguments.batch / inference,
        "gemm_1024_gflops": 2e-9 * GEMM_SIZE**3 / product,
        "direct_equivalent_gflops": GFLOP_PER_TRAINING_IMAGE * arguments.batch / training,
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    }


def name_of(device):
    return torch.cuda.get_device_name(device) if device.type == "cuda" else f"CPU, {torch.get_num_threads()} threads"


def parse():
    parser = argparse.ArgumentParser(description="Images per second of attempt 4 in PyTorch, training and inferring.")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu", help="cuda or cpu")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=10, help=f"to measure, on a GPU {LEAST_GPU_STEPS} at least")
    parser.add_argument("--threads", type=int, help="of the CPU")
    parser.add_argument("--tf32", action="store_true", help="let tensor cores round products to 10 bits")
    best = parser.add_mutually_exclusive_group()
    best.add_argument("--graph", action="store_true", help="fused Adam, and each step as a CUDA graph")
    best.add_argument("--compile", action="store_true", help="torch.compile, which takes a minute to try kernels")
    arguments = parser.parse_args()
    on_cuda = arguments.device.startswith("cuda")
    for option in ("tf32", "graph", "compile"):
        if getattr(arguments, option) and not on_cuda:
            parser.exit(2, f"--{option} needs an NVIDIA GPU, and the device is {arguments.device}.\n")
    if on_cuda and not torch.cuda.is_available():
        parser.exit(2, f"--device {arguments.device}: this PyTorch finds no CUDA GPU.\n")
    return arguments


def main():
    arguments = parse()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.backends.cuda.matmul.allow_tf32 = arguments.tf32
    torch.backends.cudnn.allow_tf32 = arguments.tf32
    torch.backends.cudnn.benchmark = True
    print(json.dumps(report(torch.device(arguments.device), arguments)))


if __name__ == "__main__":
    main()
