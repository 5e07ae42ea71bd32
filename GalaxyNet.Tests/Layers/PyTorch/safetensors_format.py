"""Reads and writes safetensors files where Python's own package is not installed, by the format's description and nothing else.

8 bytes: the header's length, unsigned and little-endian. The header: JSON in UTF-8 that begins with a brace and may end in spaces,
{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ..., "__metadata__": {"key": "text"}}, with offsets from its
end and no name twice. Then the tensors, little-endian and row-major, with no hole between them and none at the end.
https://github.com/huggingface/safetensors#format
"""
import json
import struct

import torch

TYPES = {"F32": torch.float32, "I64": torch.int64}


def load_file(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    assert length <= 100_000_000 and content[8:9] == b"{"
    header = json.loads(content[8:8 + length].decode("utf-8"), object_pairs_hook=without_duplicates)
    assert all(isinstance(text, str) for text in header.pop("__metadata__", {}).values())
    tensors, place = {}, 8 + length
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = (8 + length + offset for offset in entry.pop("data_offsets"))
        tensor = torch.zeros(entry.pop("shape"), dtype=TYPES[entry.pop("dtype")])
        size = tensor.element_size()
        assert not entry and begin == place and end - begin == size * tensor.numel() and begin % size == 0
        tensors[name] = torch.frombuffer(bytearray(content[begin:end]), dtype=tensor.dtype).reshape(tensor.shape)
        place = end
    assert place == len(content)
    return tensors


def save_file(tensors, path):
    header, data = {}, b""
    for name, tensor in sorted(tensors.items(), key=lambda item: -item[1].element_size()):
        values = tensor.detach().contiguous().numpy().tobytes()
        kind = next(kind for kind, dtype in TYPES.items() if dtype == tensor.dtype)
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def without_duplicates(pairs):
    assert len(pairs) == len(dict(pairs))
    return dict(pairs)
