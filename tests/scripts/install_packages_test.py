"""scripts/install_packages, with fakes of apt-get, dpkg-query, sudo and id."""

from __future__ import annotations

import unittest

from sandbox import Sandbox

# Installs unless told otherwise: without lists until `update`, or broken for good.
APT_GET = """
echo "$DEBIAN_FRONTEND" >"$STATE/frontend"
arguments=" $* "
if [[ $arguments == *' update '* ]]; then
  has offline && { echo 'E: Failed to fetch lists' >&2; exit 100; }
  rm -f "$STATE/no_lists"; exit 0
fi
has no_lists && { echo 'E: Unable to locate package' >&2; exit 100; }
has broken && { echo 'E: Unmet dependencies' >&2; exit 100; }
for name; do [[ $name == -* ]] || echo "$name installed" >>"$STATE/packages"; done
"""
SUDO = """
has no_sudo && exit 1
[[ $1 == -n ]] || exit 1
shift; echo 0 >"$STATE/uid_seen_by_sudo"
"$@"
"""
INSTALL = "apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends"
UPDATE = "apt-get -o DPkg::Lock::Timeout=120 update"


class InstallPackages(Sandbox):
    def setUp(self) -> None:
        super().setUp()
        self.fake("apt-get", APT_GET)
        self.fake("sudo", SUDO)

    def remove(self, *names: str) -> None:
        kept = [
            line
            for line in (self.state / "packages").read_text().splitlines()
            if line.split()[0] not in names
        ]
        self.set("packages", "\n".join(kept) + "\n")

    def test_does_nothing_when_all_is_there(self) -> None:
        for purpose in ("run", "python", "package", "test", "check"):
            result = self.run_script("install_packages", "--for", purpose)
            self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
            self.assertEqual(self.calls("apt-get", "sudo", "id"), [])

    def test_root_installs_what_is_missing_and_no_more(self) -> None:
        self.set("uid", "0")
        self.remove("g++", "ninja-build", "libgtest-dev")
        result = self.run_script("install_packages")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.calls("apt-get", "sudo"), [f"{INSTALL} g++ ninja-build"])
        self.assertEqual((self.state / "frontend").read_text(), "noninteractive\n")
        self.assertEqual(self.run_script("install_packages").stderr, "")
        self.assertEqual(self.calls("apt-get"), [])

    def test_a_removed_package_with_its_configuration_left_is_missing(self) -> None:
        self.set("uid", "0")
        self.set(
            "packages", (self.state / "packages").read_text().replace("cmake installed", "cmake config-files")
        )
        self.run_script("install_packages")
        self.assertEqual(self.calls("apt-get"), [f"{INSTALL} cmake"])

    def test_others_install_by_sudo_that_asks_nothing(self) -> None:
        self.remove("cmake")
        result = self.run_script("install_packages")
        self.assertEqual(result.returncode, 0, result.stderr)
        calls = self.calls("sudo")
        self.assertEqual(len(calls), 2)
        self.assertTrue(calls[1].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get"), calls[1])

    def test_without_root_it_names_the_packages(self) -> None:
        self.remove("cmake", "libcli11-dev")
        self.set("no_sudo")
        self.assert_fails(self.run_script("install_packages"), 1, "apt-get install cmake libcli11-dev")
        self.bin.joinpath("sudo").unlink()
        self.assert_fails(self.run_script("install_packages"), 1, "apt-get install cmake libcli11-dev")
        self.assertEqual(self.calls("apt-get"), [])

    def test_updates_the_lists_only_when_that_is_needed(self) -> None:
        self.set("uid", "0")
        self.remove("cmake")
        self.set("no_lists")
        result = self.run_script("install_packages")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.calls("apt-get"), [f"{INSTALL} cmake", UPDATE, f"{INSTALL} cmake"])
        self.assertNotIn("E:", result.stderr)

    def test_says_why_apt_get_fails(self) -> None:
        self.set("uid", "0")
        self.remove("cmake")
        for states, said in ((["broken"], "E: Unmet dependencies"), (["no_lists", "offline"], "E: Failed to fetch lists")):
            for state in states:
                self.set(state)
            result = self.run_script("install_packages")
            self.assert_fails(result, 1, "could not install cmake")
            self.assertIn(said, result.stderr)

    def test_without_apt_get_it_prints_the_list_and_lets_cmake_judge(self) -> None:
        self.bin.joinpath("apt-get").unlink()
        self.remove("cmake")
        result = self.run_script("install_packages")
        self.assertEqual(result.returncode, 0)
        self.assertIn(" ".join(self.listed("build")), result.stderr)

    def test_can_be_told_not_to_install(self) -> None:
        self.remove("cmake")
        result = self.run_script("install_packages", DSGD_INSTALL="no")
        self.assertEqual(result.returncode, 0)
        self.assertIn("cmake", result.stderr)
        self.assertEqual(self.calls("apt-get", "sudo"), [])

    def printed(self, *arguments: str, **environment: str) -> set[str]:
        result = self.run_script("install_packages", "--print", *arguments, **environment)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return set(result.stdout.split())

    def test_prints_the_packages_of_each_purpose(self) -> None:
        run = {"build", "build-without-cuda", "plot"}
        self.assertEqual(self.printed(), set(self.listed(*run)))
        self.assertEqual(self.printed("--for", "run"), set(self.listed(*run)))
        self.assertEqual(self.printed("--for", "python"), set(self.listed(*run, "python")))
        self.assertEqual(self.printed("--for", "test"), set(self.listed(*run, "python", "package", "test")))
        self.assertEqual(self.printed("--for", "package"), set(self.listed(*run, "package")))
        self.assertEqual(self.printed("--for", "check"), set(self.listed()))

    def test_leaves_thrust_to_a_cuda_toolkit(self) -> None:
        self.assertIn("libthrust-dev", self.printed())
        self.fake("nvcc", "")
        self.assertNotIn("libthrust-dev", self.printed())
        (self.bin / "nvcc").rename(self.top / "another nvcc")
        self.assertIn("libthrust-dev", self.printed())
        self.assertNotIn("libthrust-dev", self.printed(CUDACXX=str(self.top / "another nvcc")))

    def test_refuses_what_it_does_not_know(self) -> None:
        for arguments in (["--for"], ["--for", "all"], ["--for", ""], ["--quiet"], ["run"]):
            self.assert_fails(self.run_script("install_packages", *arguments), 2)


if __name__ == "__main__":
    unittest.main()
