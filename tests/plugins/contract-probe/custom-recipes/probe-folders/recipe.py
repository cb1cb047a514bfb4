"""Use every call of ``dataiku.Folder`` and note what it returns."""

import io
import os

import dataiku
import numpy as np
from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role
from probe_tools.findings import Findings

found = Findings()
source = dataiku.Folder(get_input_names_for_role("source")[0])
target = dataiku.Folder(get_output_names_for_role("target", full=False)[0])

found.note("names", [source.get_name(), source.get_id(), source.full_name, source.project_key])
found.note("by name", dataiku.Folder(source.get_name()).get_id())
found.ask("undeclared", dataiku.Folder, "elsewhere")
found.note("undeclared but ignoring the flow", dataiku.Folder("elsewhere", ignore_flow=True).get_name())
found.ask("missing", dataiku.Folder, "missing")
found.note("info", sorted(source.get_info()))
found.note("partitioning", source.get_definition()["partitioning"])
found.ask("paths", source.list_paths_in_partition)
found.ask("partitions", source.list_partitions)
found.note("partitions of the run", [source.read_partitions, target.writePartition])
found.ask("partition folder", source.get_partition_folder, "x")
found.ask("clear a partition", target.clear_partition, "x")
found.ask("get_path", source.get_path)
found.ask("file_path", source.file_path, "a.txt")

details = source.get_path_details("/")
found.note("root", [details["exists"], details["directory"], [child["name"] for child in details["children"]]])
details = source.get_path_details("sub/b.json")
found.note("file", [details[key] for key in ("exists", "directory", "size", "mimeType", "fullPath")])
found.note("no file", source.get_path_details("/nope")["exists"])
found.note("time in milliseconds", details["lastModified"] > 1_500_000_000_000)

with source.get_download_stream("/a.txt") as stream:
    found.note("seekable", stream.seekable())
    found.ask("seek", stream.seek, 0)
    found.note("bytes", [stream.read(2).decode(), stream.read().decode()])
with source.get_download_stream("lines.txt") as stream:
    found.note("lines", [line.decode() for line in stream])
found.ask("download nothing", source.get_download_stream, "nope.txt")
found.ask("escape", source.get_download_stream, "../folder.json")
found.ask("escape by upload", target.upload_data, "a/../../x", b"")
found.note("json", source.read_json("sub/b.json"))
found.ask("write an input", source.upload_data, "x.txt", b"")
found.ask("delete from an input", source.delete_path, "a.txt")

found.note("left by the last run", target.list_paths_in_partition())
target.upload_data("/data.bin", b"\x00\x01")
found.ask("upload below a file", target.upload_data, "data.bin/x", b"")
target.upload_stream("deep/er/stream.txt", io.BytesIO(b"streamed"))
with open("local.txt", "w") as local:
    local.write("from a file")
target.upload_file("file.txt", "local.txt")
target.write_json("value.json", {"a": [1, None]})
with target.get_writer("pieces.txt") as writer:
    writer.write(b"one ")
    writer.write(b"two")
unclosed = target.get_writer("unclosed.txt")
unclosed.write(b"never closed")
buffer = io.BytesIO()
np.savez(buffer, weights=np.arange(3))
target.upload_data("arrays.npz", buffer.getvalue())
with target.get_download_stream("arrays.npz") as stream:
    found.ask("arrays straight from the stream", np.load, stream)
with target.get_download_stream("arrays.npz") as stream:
    found.note("arrays from bytes", np.load(io.BytesIO(stream.read()))["weights"].tolist())
target.upload_data("gone/a.txt", b"")
target.upload_data("gone/b.txt", b"")
target.upload_data("cleared.txt", b"")
target.delete_path("/gone")
target.clear_path("cleared.txt")
found.ask("delete nothing", target.delete_path, "never.txt")
found.note("paths after writing", target.list_paths_in_partition())
found.note("no metrics", target.get_last_metric_values().get_all_ids())
found.note("working folder", [os.listdir("."), os.path.basename(os.getcwd()).startswith("local-dss-job-")])
found.write(dataiku.Dataset(get_output_names_for_role("findings")[0]))
