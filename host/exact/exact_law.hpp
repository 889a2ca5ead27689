#pragma once

#include <vector>

#include "dsgd/law/list.hpp"
#include "exact/law/list.hpp"

namespace dsgd {

/// A law as its exact theory sees it.
class ExactLaw {
 public:
  explicit ExactLaw(Law const& law);
  ExactLaw(ExactLaw const&) = delete;
  ExactLaw& operator=(ExactLaw const&) = delete;
  ExactLaw(ExactLaw&&) = default;
  ExactLaw& operator=(ExactLaw&&) = default;
  ~ExactLaw() = default;

  /// The exact twin of the law; valid as long as this lives.
  exact::Law const& get() const { return law_; }

 private:
  std::vector<double> values_;  ///< measured delays
  exact::Law law_;
};

}  // namespace dsgd
