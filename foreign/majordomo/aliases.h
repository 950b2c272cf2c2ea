#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/source/finding.h"

namespace majlis::foreign {

// An alias file (aliases(5)): name, lower case, and what stands behind its colon. Pure and linear.
class Aliases {
 public:
  Aliases() = default;
  void add(std::string_view text);

  bool has(std::string_view name) const { return targets_.contains(name); }
  const std::map<std::string, std::vector<std::string>, std::less<>>& all() const { return targets_; }

  // The addresses that mail to an alias goes to, through other aliases too; names of local users stand in `domain`.
  std::vector<std::string> addresses_behind(std::string_view name, std::string_view domain) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> targets_;
};

// How a list was sent out: the words of resend's command line in its alias.
struct ResendCall {
  std::string list;                                          // -l
  std::string host;                                          // -h
  std::vector<std::pair<std::string, std::string>> options;  // all others: "-M", "40000"
};
// Of every alias that calls it.
std::vector<ResendCall> resend_calls(const Aliases& aliases);

// Where archive2.pl writes a list's archive, or a plain file takes it: "" = nowhere.
std::string archive_place(const Aliases& aliases, std::string_view list);

}  // namespace majlis::foreign
