# Sourced by the other scripts: where the project lies, how scripts speak, and the build folder they share.
# shellcheck shell=bash

root=$(cd -- "${BASH_SOURCE[0]%/*}/.." && pwd -P)
script=scripts/${0##*/}

# say TEXT: what the script does, on stderr, so that stdout holds results alone.
say() { printf '%s: %s\n' "$script" "$1" >&2; }

# die TEXT [STATUS]: ends the script with one line.
die() {
  printf 'dsgd: %s\n' "$1" >&2
  exit "${2:-1}"
}

# usage: the comment that the script begins with.
usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

# A CUDA toolkit's compiler, where CMake looks for it too; nothing and status 1 when there is none.
find_nvcc() {
  local candidate
  for candidate in "${CUDACXX:-}" nvcc /usr/local/cuda/bin/nvcc; do
    [[ -n $candidate ]] && command -v -- "$candidate" && return
  done
  return 1
}

# cached NAME: an entry of the build folder's CMake cache.
cached() { sed -n "s|^$1:[^=]*=||p" "$root/build/CMakeCache.txt"; }

# compiler_version COMMAND...: as CMake records it; gcc wants the first option, clang knows only the second.
compiler_version() { "$@" -dumpfullversion -dumpversion 2>/dev/null; }

# Whether build/ was configured to the end, for this folder, with Ninja, by the compiler that a new one would get.
build_folder_fits() {
  local build=$root/build record compiler
  [[ -f $build/CMakeCache.txt && -f $build/build.ninja ]] || return 1
  [[ $(cached CMAKE_HOME_DIRECTORY) -ef $root && $(cached CMAKE_GENERATOR) == Ninja ]] || return 1

  read -ra compiler <<<"${CXX:-c++}"
  [[ $(cached CMAKE_CXX_COMPILER) -ef $(command -v -- "${compiler[0]}") ]] || return 1
  record=$(cat "$build"/CMakeFiles/*/CMakeCXXCompiler.cmake 2>/dev/null) || return 1
  [[ $record == *"CMAKE_CXX_COMPILER_VERSION \"$(compiler_version "${compiler[@]}")\""* ]]
}

# Whether build/ has these NAME=VALUE settings of CMake.
build_folder_has() {
  local setting
  for setting; do [[ $(cached "${setting%%=*}") == "${setting#*=}" ]] || return 1; done
}

# configure NAME=VALUE...: makes build/ ready with these settings of CMake; leaves one alone that is and has them.
# A new one compiles the files of a folder as one, which is what a first build wants; one made by hand need not.
# A folder of another compiler is removed, objects and all: Ninja would not notice the change.
configure() {
  if build_folder_fits; then
    build_folder_has "$@" && return
  else
    if [[ -f $root/build/CMakeCache.txt ]]; then
      say "build/ is unfinished, or of another compiler, generator or folder: starting again with an empty one"
      rm -rf -- "$root/build" || die "cannot remove build/ (it was configured for something else): remove it by hand"
    fi
    set -- "$@" DSGD_UNITY=ON
  fi
  say "configuring build/"
  (cd -- "$root" && cmake --preset default "${@/#/-D}") >&2 ||
    die "CMake could not configure build/ (its messages stand above): correct what they name, and run $script again"
}

# build TARGET...
build() {
  say "building $*"
  cmake --build "$root/build" --parallel "${JOBS:-$(nproc)}" --target "$@" >&2 ||
    die "the build failed (the compiler's messages stand above): correct what they name, and run $script again"
}
