#include "mail/scan/structure.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/scan/structure_reading.h"

namespace majlis::mail {
namespace {

// The scan stopped at one of these: there is nothing complete to compare with, and mimetic is spared the message.
constexpr std::array kCeilings = {Ambiguity::too_deep,        Ambiguity::too_many_parts,
                                  Ambiguity::too_many_fields, Ambiguity::field_too_long,
                                  Ambiguity::header_too_long, Ambiguity::too_many_parameters};

// mimetic does not know that a digest's parts are messages by default: a leaf to it.
bool is_implied_message(const Scan& scan, const Part& part) {
  if (part.parent < 0 || scan.parts[static_cast<std::size_t>(part.parent)].type != "multipart/digest") return false;
  return std::none_of(part.fields.begin(), part.fields.end(),
                      [](const Field& field) { return equals_ignoring_case(field.name, "Content-Type"); });
}

// The scan's tree as mimetic would show it, had it understood all: its known and harmless simplifications applied.
std::vector<SeenPart> as_mimetic_shows(const Scan& scan) {
  std::vector<SeenPart> parts;
  std::vector<bool> is_hidden(scan.parts.size());
  for (std::size_t i = 0; i < scan.parts.size(); ++i) {
    const Part& part = scan.parts[i];
    const bool implied = is_implied_message(scan, part);
    const bool parent_hides = part.parent >= 0 && is_hidden[static_cast<std::size_t>(part.parent)];
    is_hidden[i] = implied || parent_hides || part.type == "message/global";
    if (!parent_hides) parts.push_back({part.depth, implied ? "text/plain" : part.type});
  }
  return parts;
}

std::string describe(const std::vector<SeenPart>& parts, std::size_t at) {
  if (at >= parts.size()) return "nothing";
  return parts[at].type + " at depth " + std::to_string(parts[at].depth);
}

Structure compare(const std::vector<SeenPart>& ours, const std::vector<SeenPart>& theirs) {
  const auto same = [](const SeenPart& a, const SeenPart& b) { return a.depth == b.depth && a.type == b.type; };
  const auto [mine, other] = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end(), same);
  if (mine == ours.end() && other == theirs.end()) return {};
  const auto at = static_cast<std::size_t>(mine - ours.begin());
  return {Opinion::disagrees, printable("part " + std::to_string(at) + ": scan sees " + describe(ours, at) +
                                        ", mimetic sees " + describe(theirs, at))};
}

}  // namespace

Result<Structure> compare_with_mimetic(std::string_view raw, const Scan& scan) {
  for (const Ambiguity ceiling : kCeilings) {
    if (scan.has(ceiling)) return Structure{Opinion::disagrees, std::string("not read: ") + word_for(ceiling)};
  }
  const std::vector<SeenPart> ours = as_mimetic_shows(scan);
  // One more than expected is enough to know that they differ.
  Result<Seen> seen = read_with_mimetic(raw, ours.size() + 1);
  if (!seen) return seen.error();
  if (seen->outcome.end != SandboxEnd::finished) return Structure{Opinion::died, seen->outcome.why};
  return compare(ours, seen->parts);
}

}  // namespace majlis::mail
