/// Temporaries: where a file is written before it shows.
///
/// They stand beside the file, as ".NAME.dsgd-HOST-PID-XXXXXX.tmp": who finds one knows what left it there,
/// and the next run that writes the same file clears those of processes that are gone.
#pragma once

#include <string>
#include <string_view>

namespace dsgd {

/// The end of a temporary's name.
inline constexpr std::string_view temporary_suffix = ".tmp";

/// For mkostemps(), which replaces the six X before the suffix. @param destination  a path with a folder
std::string temporary_pattern(std::string const& destination);

/// Removes what killed processes of this user and this machine left beside a file. What cannot be removed
/// stays. @param destination  as above
void clear_temporaries(std::string const& destination);

}  // namespace dsgd
