"""Where a figure is written before it shows, by the rules that dsgd has for its results.

".NAME.dsgd-HOST-PID-XXXXXX.tmp" stands beside the figure, and the next run that writes the same figure clears what
killed runs left."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import stat
import tempfile

SUFFIX = ".tmp"
LONGEST = 255 - len(f".-{2**32}-XXXXXX{SUFFIX}")  # bytes of a name, less what follows the host's


def prefix_of(destination: str) -> str:
    """What names of temporaries begin with. Whoever can be asked about a process is on the same machine."""
    end = f".dsgd-{socket.gethostname() or 'localhost'}"
    name = os.fsencode(os.path.basename(destination))[: LONGEST - len(end)]
    return f".{os.fsdecode(name)}{end}-"


def make_temporary(destination: str) -> tuple[int, str]:
    """A new file beside the destination: descriptor and path."""
    folder = os.path.dirname(destination)
    return tempfile.mkstemp(prefix=f"{prefix_of(destination)}{os.getpid()}-", suffix=SUFFIX, dir=folder)


def clear_temporaries(destination: str) -> None:
    """Removes what killed processes of this user and this machine left. What cannot be removed stays."""
    folder, prefix = os.path.dirname(destination), prefix_of(destination)
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            found = re.match(r"([0-9]{1,10})-", name[len(prefix) :])
            if not (name.startswith(prefix) and name.endswith(SUFFIX) and found):
                continue
            path = os.path.join(folder, name)
            with contextlib.suppress(OSError):
                if is_gone(int(found[1])) and is_own_file(path):
                    os.unlink(path)


def is_gone(process: int) -> bool:
    """This process has written nothing yet: what bears its number is of an earlier one."""
    if process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def is_own_file(path: str) -> bool:
    """A regular file of this user."""
    status = os.lstat(path)
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()
