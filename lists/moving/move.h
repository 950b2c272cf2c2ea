#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "foreign/source/foreign_list.h"
#include "lists/moving/config_plan.h"
#include "lists/moving/moving_letters.h"
#include "lists/moving/roster_plan.h"
#include "lists/site/site.h"

// Lists of another system become lists of this site. First all of it is planned, and nothing is touched: the plan has
// the whole report. Then it is carried out, list by list, in steps that a second run finds done and leaves.
namespace majlis::lists {

struct MoveOptions {
  std::string domain = {};  // of the lists here; "" = their own where the site serves it, else the site's
  std::map<std::string, std::string> new_names = {};  // lower case: a list's name there, and here
  bool replaces = false;                              // settings, texts and passwords of lists that are here already
  MovingLetters letters = MovingLetters::none;
  bool is_trial = false;  // nothing is carried out: no password is hashed
  UnixTime now = 0;
};

// What is carried out together, in this order.
enum class MoveStep { settings, files, bans, members, waiting, archives };

struct MoveFinding {
  foreign::Finding finding;
  MoveStep step;  // that makes it true
};

struct MovePlan {
  const foreign::ForeignList* source = nullptr;
  ListName name;
  bool is_there = false;  // a list of that name
  ConfigPlan config = {};
  RosterPlan roster = {};
  std::vector<MoveFinding> findings = {};  // about all of it, those of the two above included
  std::vector<Error> unread = {};          // files that the list needs and that cannot be read
};

struct MovePlans {
  std::vector<MovePlan> lists;
  std::vector<foreign::Finding> findings;  // about lists that cannot come
  std::vector<Error> refused;              // why they cannot
};

// Why a file does not come along: refused, it must not; else it cannot be read.
Status may_be_carried(const foreign::NamedFile& file);

// An Error: the site cannot be read, or a password cannot be hashed.
Result<MovePlans> plan_moves(const Site& site, const foreign::ForeignSite& from, const MoveOptions& options);

// Files are carried one by one, as a whole.
constexpr std::uint64_t kMaxMovedFileOctets = 64 * 1024 * 1024;

// Nobody is written to but as MoveOptions::letters says. Killed anywhere, a further run with a plan made anew goes on.
// A file that cannot be read any more is left out. On an Error, and of such a file, the plan's findings say what did
// not come in. `told`: what is being done, and how much of it is done. Returns how many letters are left for further
// runs.
using MoveProgress = std::function<void(std::string_view what, std::size_t done, std::size_t all)>;
Result<std::size_t> carry_out(const Site& site, MovePlan& plan, const MoveOptions& options, const MoveProgress& told);

}  // namespace majlis::lists
