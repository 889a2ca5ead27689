"""Where results are written, and what is left when that fails."""

import os
import stat
import subprocess
import unittest

from command import PROGRAM, Case, dsgd, shell


class Files(Case):
    def test_a_working_folder_that_is_deleted(self):
        done = shell('cd "$1" && mkdir gone && cd gone && rmdir ../gone && "$0" sweep -n 10 -o r.csv', str(self.folder))
        self.assert_error(done, 6, "'r.csv' cannot be written (No such file or directory)")

    def test_missing_folder(self):
        self.assert_error(dsgd("sweep", "-o", str(self.folder / "no" / "a.csv")), 6, "No such file")
        self.assert_error(dsgd("sweep", "--plot", str(self.folder / "no" / "a.png")), 6, "a.png")

    def test_folder_in_place_of_a_file(self):
        self.assert_error(dsgd("sweep", "-o", str(self.folder), "--format", "csv"), 6, "directory")

    def test_read_only_folder(self):
        self.assert_error(dsgd("sweep", "-o", "/proc/sys/a.csv"), 6, "'/proc/sys/a.csv'")

    def test_full_device_stays_a_device_and_other_files_stay_as_they_were(self):
        other = self.folder / "other.csv"
        other.write_text("before")
        result = dsgd("sweep", "-o", str(other), "-o", "/dev/full", "--format", "csv")
        self.assertEqual(result.returncode, 6)
        self.assertIn("No space left", result.stderr)
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/full").st_mode))
        self.assertEqual(other.read_text(), "before")
        self.assertEqual([file.name for file in self.folder.iterdir()], ["other.csv"])

    def test_full_disk_leaves_nothing(self):
        """A limit on file sizes stands for the full disk: the write fails in the middle."""
        target = self.folder / "a.csv"
        target.write_text("before")
        command = f'ulimit -f 1; exec "$0" sweep -m 1:500 -n 1 -o "{target}"'
        result = shell(command)
        self.assert_error(result, 6, "File too large")
        self.assertEqual(target.read_text(), "before")
        self.assertEqual([file.name for file in self.folder.iterdir()], ["a.csv"])

    def test_closed_stdout(self):
        result = shell('exec "$0" sweep >&-')
        self.assert_error(result, 6, "standard output")

    def test_stdout_that_is_full(self):
        for options in ("", "-o - --format csv", "--format json"):
            self.assert_error(shell(f'exec "$0" sweep -m 3 {options} >/dev/full'), 6, "standard output", "No space left")

    def test_closed_streams_lend_their_numbers_to_no_result(self):
        """The next file that is opened gets the number of a closed one: nothing but the result may be written to it."""
        whole, target, store = (self.folder / name for name in ("whole.csv", "a.csv", "s.db"))
        sweep = "sweep -m 1:5 -n 100 --strategy k-sync:k=3 --progress text"  # which says something on stderr
        self.assertEqual(shell(f'"$0" {sweep} -o "$1"', whole).returncode, 0)
        result = shell(f'"$0" {sweep} -o "$1" --store "$2" <&- 2>&-', target, store)
        self.assertEqual((result.returncode, target.read_bytes()), (0, whole.read_bytes()))
        self.assertEqual(shell(f'"$0" {sweep} -o "$1" --store "$2"', target, store).returncode, 0)
        self.assertEqual(target.read_bytes(), whole.read_bytes())

    def test_a_disk_of_4_KiB(self):
        """In a mount of its own. A result and a store that do not fit leave nothing, and what was there before as it was."""
        disk = self.folder / "disk"
        disk.mkdir()
        script = """mount -t tmpfs -o size=4k none "$1" || exit 77
            echo before >"$1/a.csv"
            "$0" sweep -m 1:500 -n 1 -o "$1/a.csv" 2>"$2"; echo "$? $(cat "$1/a.csv") $(ls -A "$1")"
            rm "$1/a.csv"
            "$0" sweep -m 1:500 -n 1 --store "$1/s.db" 2>>"$2"; echo "$? $(ls -A "$1")" """
        words = self.folder / "words"
        result = subprocess.run(["unshare", "--mount", "bash", "-c", script, PROGRAM, disk, words], capture_output=True, text=True, check=False)
        if result.returncode != 0 and not words.exists():
            self.skipTest(f"nothing can be mounted here: {result.stderr}")
        self.assertEqual(result.stdout, "6 before a.csv\n6 \n")
        self.assertRegex(words.read_text(), r"\Adsgd: [^\n]*/a\.csv' [^\n]*No space left[^\n]*\n"
                                            r"dsgd: [^\n]*/s\.db' [^\n]*No space left[^\n]*\n\Z")

    def test_reader_of_the_table_that_leaves_loses_no_file(self):
        target = self.folder / "a.csv"
        self.assert_silent_end('"$0" sweep -n 1 -o "$1"', target)
        self.assertEqual(len(target.read_text().splitlines()), 41)
        self.assertEqual([file.name for file in self.folder.iterdir()], ["a.csv"])
        target.unlink()
        self.assert_silent_end('"$0" sweep -n 1 -o - --format csv -o "$1"', target)
        self.assertEqual(len(target.read_text().splitlines()), 41)

    def assert_silent_end(self, command, *arguments):
        """As if SIGPIPE had ended the command, whose reader leaves before anything is written."""
        result = shell(f'{{ sleep 0.2; {command}; echo "code $?" >&2; }} | true', *map(str, arguments))
        self.assertEqual((result.stdout, result.stderr), ("", "code 141\n"), command)

    def test_reader_of_any_command_that_leaves(self):
        store = self.folder / "s.db"
        self.assertEqual(dsgd("sweep", "-m", "1:3", "-n", "10", "--store", store).returncode, 0)
        for command in ("sweep -n 1", "sweep -n 1 --format json", "draw", "devices", "plan -n 10", "plan -n 10 -o -", "merge $1", "--help",
                        "sweep --help", "--version", "bench -m 1 -n 10 --engine reference --repeat 1"):
            self.assert_silent_end(f'"$0" {command}', store)

    def test_a_merge_whose_reader_leaves_keeps_its_store(self):
        stores = [self.folder / name for name in ("s.db", "whole.db")]
        self.assertEqual(dsgd("sweep", "-m", "1:3", "-n", "10", "--store", stores[0]).returncode, 0)
        self.assert_silent_end('"$0" merge "$1" --store "$2"', *stores)
        self.assertTrue(stores[1].exists())

    def test_a_named_pipe_whose_reader_leaves_is_a_failed_write(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        with subprocess.Popen(["head", "-c", "1", str(pipe)], stdout=subprocess.DEVNULL):
            result = dsgd("sweep", "-m", "1:3000", "-n", "1", "-o", str(pipe), "--format", "csv")
        self.assert_error(result, 6, "Broken pipe")

    def test_long_results_in_files_are_said_in_one_line(self):
        """A screen of rows is shown beside a file; more would bury what the terminal shows."""
        files = [self.folder / "a.csv", self.folder / "b.md"]
        for workers, rows in (("1:20", 40), ("1:21", 42)):
            result = dsgd("sweep", "-n", "10", "-m", workers, "-o", files[0], "-o", files[1])
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            if rows <= 40:
                self.assertIn("Runtime of one iteration", result.stdout)
            else:
                self.assertEqual(result.stdout, f"{rows} points written to {files[0]}, {files[1]}\n")
        self.assertGreater(len(dsgd("sweep", "-n", "10", "-m", "1:300").stdout.splitlines()), 600)

    def test_dangling_link_gets_its_target(self):
        link = self.folder / "link.csv"
        link.symlink_to("target.csv")
        self.assertEqual(dsgd("sweep", "-m", "3", "-o", str(link)).returncode, 0)
        self.assertTrue(link.is_symlink())
        self.assertEqual(len((self.folder / "target.csv").read_text().splitlines()), 3)
        loop = self.folder / "loop.csv"
        loop.symlink_to("loop.csv")
        self.assert_error(dsgd("sweep", "-o", str(loop)), 6, "symbolic links")

    def test_reader_that_leaves(self):
        self.assert_silent_end('"$0" sweep -m 1:3000 -n 1 -o - --format csv')

    def test_pipe_is_written_to(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
            self.assertEqual(dsgd("sweep", "-m", "3", "-o", str(pipe), "--format", "csv").returncode, 0)
            self.assertEqual(len(reader.communicate()[0].splitlines()), 3)
        self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode))

    def test_file_is_replaced_whole(self):
        target = self.folder / "a.csv"
        target.write_text("x" * 100_000)
        self.assertEqual(dsgd("sweep", "-m", "3", "-o", str(target)).returncode, 0)
        self.assertEqual(len(target.read_text().splitlines()), 3)


if __name__ == "__main__":
    unittest.main()
