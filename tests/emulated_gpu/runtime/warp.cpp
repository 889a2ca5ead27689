#include <bit>

#include "runtime/block.hpp"

namespace emulated_gpu {
namespace {

/// Whether all lanes of t's mask wait where t does. Those that never will are found once nobody can run.
bool all_have_come(Thread const& t, Thread const* warp, u32 lanes) {
  for (u32 rest = t.mask; rest; rest &= rest - 1) {
    auto const lane = static_cast<u32>(std::countr_zero(rest));
    if (lane >= lanes)
      fail(t, t.line,
           "lane " + std::to_string(lane) + " of its mask " + hexadecimal(t.mask) + " is not in the block");
    Thread const& other = warp[lane];
    if (other.state != State::waits_for_warp || other.line != t.line || other.mask != t.mask) return false;
  }
  return true;
}

/// Waits until all lanes of the mask are here. Who comes last computes what each of them gets, before any goes on
/// and hands over something else.
/// @param finish  computes it, for one lane of the warp
template <class Finish>
void meet(Thread& t, u32 mask, u32 line, Finish const& finish) {
  Block& block = *t.block;
  t.mask = mask;
  t.line = line;
  t.state = State::waits_for_warp;
  if (!(mask >> t.lane() & 1u)) fail(t, line, "its lane is not in the mask " + hexadecimal(mask));
  Thread* const warp = &block.threads[t.number - t.lane()];
  auto const lanes = static_cast<u32>(block.threads.size()) - warp->number;
  if (!all_have_come(t, warp, lanes)) return wait(t);
  for (u32 rest = mask; rest; rest &= rest - 1) finish(warp[std::countr_zero(rest)], warp);
  for (u32 rest = mask; rest; rest &= rest - 1) warp[std::countr_zero(rest)].state = State::ready;
}

/// Which lane a shuffle asks for. Source: PTX ISA, "shfl.sync".
Lane asked_for(Shuffle mode, u32 lane, u32 by, u32 bounds) {
  by &= 31u;
  u32 const segment = bounds >> 8 & 31u, last = bounds & 31u;
  u32 const least = lane & segment, most = least | (last & ~segment);
  switch (mode) {
    case Shuffle::up:
      return {lane - by, static_cast<s32>(lane - by) >= static_cast<s32>(most)};
    case Shuffle::down:
      return {lane + by, lane + by <= most};
    case Shuffle::bfly:
      return {lane ^ by, (lane ^ by) <= most};
    case Shuffle::idx:
      return {least | (by & ~segment), (least | (by & ~segment)) <= most};
  }
  return {};
}

}  // namespace

Lane shuffle(Thread& t, Shuffle mode, u32 value, u32 by, u32 bounds, u32 mask, u32 line) {
  t.value = value, t.by = by, t.bounds = bounds;
  meet(t, mask, line, [=](Thread& own, Thread const* warp) {
    Lane const asked = asked_for(mode, own.lane(), own.by, own.bounds);
    u32 const from = asked.inside ? asked.value : own.lane();
    if (!(mask >> from & 1u))
      fail(own, line,
           "reads lane " + std::to_string(from) + ", which is not in its mask " + hexadecimal(mask));
    own.got = {warp[from].value, asked.inside};
  });
  return t.got;
}

u32 ballot(Thread& t, bool vote, u32 mask, u32 line) {
  t.value = vote;
  meet(t, mask, line, [mask](Thread& own, Thread const* warp) {
    own.got = {};
    for (u32 lane = 0; lane < 32; ++lane)
      if (mask >> lane & 1u) own.got.value |= warp[lane].value << lane;
  });
  return t.got.value;
}

/// What lanes do before it is ordered with what they do after it. Only for whole warps is that kept.
void wait_for_warp(Thread& t, u32 mask, u32 line) {
  auto const rest = static_cast<u32>(t.block->threads.size()) - (t.number - t.lane());
  bool const whole = mask == (rest >= 32 ? ~0u : (1u << rest) - 1);
  meet(t, mask, line, [whole](Thread& own, Thread const*) { own.warp_phase += whole; });
}

}  // namespace emulated_gpu
