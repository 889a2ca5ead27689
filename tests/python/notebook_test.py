"""docs/notebook.ipynb runs, and gives the outputs that are committed with it. To renew them: run this file."""

import json
import pathlib
import re
import subprocess
import sys

NOTEBOOK = pathlib.Path(__file__).parents[2] / "docs/notebook.ipynb"
MOST_BYTES = 500_000
EXECUTE = """
import nbclient, nbformat, sys
notebook = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(notebook, record_timing=False, timeout=300).execute()
notebook.metadata.language_info = {"name": "python"}  # and not which Python it was
nbformat.write(notebook, sys.argv[2])
"""


def execute(target):
    """In a process of its own: what the tools of notebooks warn of is theirs."""
    ended = subprocess.run([sys.executable, "-c", EXECUTE, NOTEBOOK, target], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr[-3000:]


def outputs(path):
    """What each cell says. Of images only that they are there: how they are drawn depends on matplotlib's version."""
    said = []
    for cell in json.loads(path.read_text())["cells"]:
        for output in cell.get("outputs", []):
            texts = {**output.get("data", {}), "stream": output.get("text", "")}
            image = texts.pop("image/png", None)
            if image or "text/html" in texts:
                texts.pop("text/plain")  # is not what is seen
            # Files of measured times lie in another folder each time.
            said.append({kind: re.sub(r"\S*/dsgd-\w+/", "", "".join(text)) for kind, text in texts.items()} | {"image": bool(image)})
    return said


def test_gives_what_is_committed(tmp_path):
    execute(tmp_path / "notebook.ipynb")
    assert outputs(tmp_path / "notebook.ipynb") == outputs(NOTEBOOK)
    assert sum(output["image"] for output in outputs(NOTEBOOK)) == 3


def test_is_no_larger_than_it_may_be():
    assert NOTEBOOK.stat().st_size <= MOST_BYTES


if __name__ == "__main__":
    execute(NOTEBOOK)
