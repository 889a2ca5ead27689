/// Writing to what may make the writer wait: pipes, terminals and other devices.
#pragma once

#include <string>

namespace dsgd {

/// Opens a pipe or a device for writing; of a pipe it awaits the reader. @return a descriptor
/// @throws Error file, also where the path has become a regular file; that of the signal where one asks to
/// stop meanwhile
int open_special(std::string const& path);

/// Waits until some bytes can be written at once. @param path  for the message
/// @throws Error of the signal where one asks to stop meanwhile
void await_writable(int descriptor, std::string const& path);

}  // namespace dsgd
