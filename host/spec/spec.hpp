/// Specs: laws and strategies as text, `name:key=value:key=value`.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsgd/communication.hpp"
#include "dsgd/fleet.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/point.hpp"
#include "dsgd/strategy/list.hpp"

namespace dsgd {

/// A spec taken apart, before anybody knows the name.
struct Spec {
  std::string name;
  std::vector<std::pair<std::string, std::string>> values;  ///< key, value; as typed
};

/// A ':' separates only where `key=` follows, and the first '=' separates key and value, so that paths may
/// hold colons.
/// @throws Error usage for an empty name or a part without '='
Spec parse_spec(std::string_view text, std::string_view option);

/// @throws Error usage for unknown names, unknown, repeated or missing keys, values out of range or at odds
/// with each other, lists
Law parse_law(std::string_view text);

/// The same with lists of values: a law for every combination, the last key running fastest.
/// @throws Error usage as parse_law(), but for lists
std::vector<Law> parse_laws(std::string_view text);

/// A law, or a fleet of several: `15*exponential:rate=2+1*exponential:rate=0.2`. A part may itself be a fleet,
/// in parentheses. A table whose workers are told apart is a fleet; so are measured steps that are replayed,
/// which are no part of another.
/// @throws Error usage as for laws, and for a fleet without or with too many workers or parts
SweptFleet parse_fleet(std::string_view text);

/// The same, for one law with lists of values: a fleet for every combination, the last key running fastest.
/// @throws Error usage as parse_fleet()
std::vector<SweptFleet> parse_fleets(std::string_view text);

/// The files that a law or a fleet names, whatever else is wrong with it. @throws Error usage for no spec
std::vector<std::string> files_of(std::string_view text);

Communication parse_communication(std::string_view text);

/// The law of a server's times. @throws Error usage as parse_law(), and for measured times
Law parse_server(std::string_view text);

/// `enter=0.01:leave=0.1:factor=10`. @throws Error usage as parse_law()
Stragglers parse_stragglers(std::string_view text);

/// The strategies of a whole option value such as `sync,k-sync:k=1..8,50%,async`: values of integer keys may
/// be lists, and several lists in a spec give all combinations, the last key running fastest.
/// @throws Error usage as above, and for more than max_list_entries strategies
std::vector<Strategy> parse_strategies(std::string_view option_value);

/// One strategy, the value of another option. @throws Error usage as above, and for lists
Strategy parse_strategy(std::string_view text, std::string_view option);

/// The one spec of a law, strategy or communication: every key in its declared order, numbers in shortest
/// form. That of a fleet of equal workers is that of their law.
std::string canonical_spec(Law const& law);
std::string canonical_spec(Strategy const& strategy);
std::string canonical_spec(Stragglers const& stragglers);
std::string canonical_spec(Fleet const& fleet);

/// A spec that parse_fleet() makes the same of: equal workers of a given number have it before their law.
std::string typed_spec(SweptFleet const& swept);

/// The canonical spec of the fleet that a point has.
std::string fleet_spec(Point const& point);
std::string canonical_spec(Communication const& communication);

/// How a law, strategy or communication is written, "name:key=:key=", and what it is.
struct SpecHelp {
  std::string form, meaning;
};

std::vector<SpecHelp> law_help();
/// The keys that law_help() leaves out: those of tables, and what every law takes.
std::vector<SpecHelp> law_key_help();
std::vector<SpecHelp> strategy_help();
std::vector<SpecHelp> communication_help();

}  // namespace dsgd
