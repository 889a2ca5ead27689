/// The whole command line: options of the program itself, and its subcommands.
#pragma once

namespace dsgd {

class Ranks;

/// Does what the command line asks for.
/// @param ranks  share a sweep
/// @throws Error usage, and whatever the command throws
void run_command_line(int argc, char** argv, Ranks& ranks);

}  // namespace dsgd
