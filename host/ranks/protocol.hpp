/// What ranks say to each other.
#pragma once

namespace dsgd::message_kind {

// Messages from the serving ranks to rank 0.
inline constexpr char ready = 'R';    ///< a fingerprint of the sweep; portions can be sent
inline constexpr char sums = 'S';     ///< sums of the oldest portion that is not yet answered
inline constexpr char failure = 'F';  ///< an exit code and a text; a bye follows once rank 0 ends
inline constexpr char bye = 'B';      ///< the answer to an end; nothing follows

// Messages from rank 0 to the others.
inline constexpr char portion = 'P';  ///< work to do
inline constexpr char end = 'E';      ///< the exit code of the launch; nothing follows

}  // namespace dsgd::message_kind
