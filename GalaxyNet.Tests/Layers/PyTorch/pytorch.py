"""The tests' SmallNetwork and the notebook's attempt 4 in PyTorch, which writes weights for the tests or opens theirs.

pytorch.py save NAME FOLDER       writes FOLDER/weights.safetensors, and in FOLDER/forward.safetensors what they make of an input
pytorch.py check [NAME FOLDER]... opens such files, and requires that the weights make the same of the same input
"""
import sys
from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional

try:
    from safetensors.torch import load_file, save_file
    FORMAT = "Python's safetensors package"
except ImportError:
    from safetensors_format import load_file, save_file
    FORMAT = "safetensors_format.py, for there is no safetensors package"


class AttemptFour(nn.Module):
    """As in the notebook."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 9, padding=4)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(64, 96, 5, padding=2)
        self.conv2_bn = nn.BatchNorm2d(96)
        self.conv3 = nn.Conv2d(96, 128, 3, padding=1)
        self.conv3_bn = nn.BatchNorm2d(128)
        self.fc1 = nn.Linear(8 * 8 * 128, 1024)
        self.fc2 = nn.Linear(1024, 256)
        self.fc3 = nn.Linear(256, 37)
        self.dropout = nn.Dropout(p=0.15)

    def forward(self, x):
        x = self.pool(functional.relu(self.conv1(x)))
        x = self.pool(functional.relu(self.conv2_bn(self.conv2(x))))
        x = self.pool(functional.relu(self.conv3_bn(self.conv3(x))))
        x = x.view(x.size(0), -1)
        x = functional.relu(self.dropout(self.fc1(x)))
        x = functional.relu(self.dropout(self.fc2(x)))
        return torch.sigmoid(self.fc3(x))


def small_network():
    return nn.Sequential(OrderedDict(
        conv1=nn.Conv2d(2, 4, 3, padding=1), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
        conv2=nn.Conv2d(4, 5, 3, padding=1), conv2_bn=nn.BatchNorm2d(5), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2),
        flatten=nn.Flatten(),
        fc1=nn.Linear(20, 7), dropout1=nn.Dropout(0.3), relu_fc1=nn.ReLU(),
        fc2=nn.Linear(7, 3), sigmoid=nn.Sigmoid(),
    ))


NETWORKS = {"small": (small_network, (4, 2, 8, 8)), "attempt4": (AttemptFour, (2, 3, 64, 64))}


def save(name, folder):
    torch.manual_seed(1)
    create, shape = NETWORKS[name]
    network, images = create(), torch.rand(shape)
    network(images)  # in training mode: it moves the running statistics
    network.eval()
    save_file(network.state_dict(), folder + "/weights.safetensors")
    save_file({"input": images, "output": network(images).detach()}, folder + "/forward.safetensors")


def check(*names_and_folders):
    for name, folder in zip(names_and_folders[::2], names_and_folders[1::2]):
        network = NETWORKS[name][0]()
        network.load_state_dict(load_file(folder + "/weights.safetensors"), strict=True)
        network.eval()
        forward = load_file(folder + "/forward.safetensors")
        torch.testing.assert_close(network(forward["input"]), forward["output"], rtol=1e-4, atol=1e-6)


if __name__ == "__main__":
    print(f"PyTorch {torch.__version__}, {FORMAT}")
    {"save": save, "check": check}[sys.argv[1]](*sys.argv[2:])
