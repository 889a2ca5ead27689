"""Where a figure goes: written whole or not at all, with the rules that dsgd has for --output."""

from __future__ import annotations

import errno
import os
import stat

from .failure import EXIT_FILE, Failure
from .temporary import clear_temporaries, make_temporary


class Output:
    """One destination: standard output ("-"), a regular file, replaced whole by a temporary beside it that is
    renamed, or something else that exists, such as a pipe or a device, which is written to and never replaced."""

    def __init__(self, path: str) -> None:
        """Finds the destination before anything is drawn: a link laid there later is replaced and never
        followed. Raises Failure for what cannot be written."""
        self.path = path
        try:
            self.is_replaced = path != "-" and is_replaced(path)
            self.destination = resolved(path) if self.is_replaced else path
            if self.is_replaced:
                clear_temporaries(self.destination)
        except OSError as error:
            raise self.failure(error) from None

    def write(self, data: bytes) -> None:
        """Raises Failure, leaving nothing behind."""
        try:
            if self.path == "-":
                write_all(1, data)
            elif self.is_replaced:
                replace(self.destination, data)
            else:
                write_to(self.destination, data)
        except OSError as error:
            raise self.failure(error) from None

    def failure(self, error: OSError) -> Failure:
        """One line about a path that cannot be written."""
        name = "stdout" if self.path == "-" else self.path
        return Failure(EXIT_FILE, f"cannot write {name} ({error.strerror}): choose another place")


def os_error(code: int) -> OSError:
    """The system's words for one of its codes."""
    return OSError(code, os.strerror(code))


def is_replaced(path: str) -> bool:
    """True unless there is something that is no regular file. Raises OSError for what cannot be written."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return True
    if stat.S_ISDIR(mode):
        raise os_error(errno.EISDIR)
    if not os.access(path, os.W_OK):
        raise os_error(errno.EACCES)
    return stat.S_ISREG(mode)


def resolved(path: str) -> str:
    """The one absolute path that a path leads to: links stay, and what they lead to is replaced, or made.
    Whoever may write to a folder may lay a link there, so that links of other users are not followed."""
    place = path
    while os.path.islink(place):
        if os.lstat(place).st_uid not in (os.geteuid(), 0):
            raise Failure(
                EXIT_FILE,
                f"{path} is a symbolic link of another user (it may lead anywhere): name the file that is meant",
            )
        place = os.path.join(os.path.dirname(place), os.readlink(place))
    folder, name = os.path.split(place)
    folder = os.path.realpath(folder or ".")
    if not stat.S_ISDIR(os.stat(folder).st_mode):
        raise os_error(errno.ENOTDIR)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise os_error(errno.EACCES)
    return os.path.join(folder, name)


def mode_for(destination: str) -> int:
    """Permissions of the new file: those of the file that it replaces, else what the umask leaves."""
    try:
        mode = os.lstat(destination).st_mode
        if stat.S_ISREG(mode):
            return stat.S_IMODE(mode)
    except FileNotFoundError:
        pass
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def replace(destination: str, data: bytes) -> None:
    """Shows the data at once and whole, also after a power cut."""
    mode = mode_for(destination)
    descriptor, temporary = make_temporary(destination)
    try:
        try:
            write_all(descriptor, data)
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, destination)
    except BaseException:
        os.unlink(temporary)
        raise
    sync_folder(os.path.dirname(destination))


def sync_folder(folder: str) -> None:
    """Makes the name of a new file last. A folder that may not be read, and some file systems, refuse."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def write_to(path: str, data: bytes) -> None:
    """Writes to a pipe or a device. What has become a regular file since the start is another's work."""
    descriptor = os.open(path, os.O_WRONLY | os.O_NOCTTY)
    try:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise os_error(errno.EEXIST)
        write_all(descriptor, data)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Writes until all is written. Python's own buffers return early, without an error, where a disk fills up in
    the middle of a write."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
