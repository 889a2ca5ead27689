/// Output files, written whole or not at all.
#pragma once

#include <string>

namespace dsgd {

/// One destination: a regular file (replaced whole, by a temporary in the same folder that is renamed),
/// standard output
/// ("-"), or something else that exists, such as a pipe or a device (written to, never replaced).
class OutputFile {
 public:
  /// Finds out, before anything is computed, whether the path can be written. @throws Error file
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept;
  OutputFile(OutputFile const&) = delete;
  OutputFile& operator=(OutputFile const&) = delete;
  OutputFile& operator=(OutputFile&&) = delete;

  bool is_stdout() const { return path_ == "-"; }
  bool is_replaced() const { return replaced_; }

  /// The path as the user gave it, but for what would steer a terminal.
  std::string shown() const;

  /// What will be written: two paths to one regular file have the same.
  std::string const& destination() const { return destination_; }

  /// Writes the content where it does not show yet: to a temporary. Does nothing for what is not replaced.
  /// @throws Error file, leaving nothing behind
  void stage(std::string const& content);

  /// Shows the content: renames the temporary, or writes. @throws Error file
  void commit(std::string const& content);

  /// As commit(), of what is staged, where no file is. @return false where one is, which stays as it is
  /// @pre is_replaced()
  bool commit_new();

 private:
  /// Where the file system has no links (FAT, SMB), an empty file keeps the place until the rename.
  /// @param reason  for which there was no link, an errno
  bool commit_without_link(int reason);

  std::string path_;         ///< as the user gave it, for messages
  std::string destination_;  ///< where the rename goes: path_, or what it links to
  std::string temporary_;    ///< empty when there is none
  bool replaced_ = false;
};

/// Writes to a descriptor until all is written. Standard output whose reader has left takes all: that is no
/// failure, and what goes elsewhere is still written; see reader_left().
/// @throws Error file, naming `path` and the reason
void write_all(int descriptor, std::string const& content, std::string const& path);

/// Has the reader of standard output, such as `head`, left before all was written?
bool reader_left();

}  // namespace dsgd
