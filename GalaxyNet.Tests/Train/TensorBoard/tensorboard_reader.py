"""Writes what TensorBoard itself reads from a folder of event files as one JSON object.

tensorboard_reader.py FOLDER OUT.json      {"tag": {"plugin": "scalars", "steps": [1, 2], "values": [{...}, {...}]}}

A value has the tensor's shape and its elements; of bytes, such as those of images, it has their lengths.
"""
import json
import sys

from tensorboard.backend.event_processing.plugin_event_accumulator import TENSORS, EventAccumulator
from tensorboard.util import tensor_util


def value(tensor):
    array = tensor_util.make_ndarray(tensor)
    return {
        "shape": list(array.shape),
        "elements": [len(each) if isinstance(each, bytes) else float(each) for each in array.flatten()],
    }


events = EventAccumulator(sys.argv[1], size_guidance={TENSORS: 0})
events.Reload()
read = {
    tag: {
        "plugin": events.summary_metadata[tag].plugin_data.plugin_name,
        "steps": [event.step for event in events.Tensors(tag)],
        "values": [value(event.tensor_proto) for event in events.Tensors(tag)],
    }
    for tag in events.Tags()[TENSORS]
}
with open(sys.argv[2], "w") as file:
    json.dump(read, file)
