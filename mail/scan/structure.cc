#include "mail/scan/structure.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "mail/scan/structure_reading.h"

namespace majlis::mail {
namespace {

// The scan stopped at one of these: there is nothing complete to compare with, and mimetic is spared the message.
constexpr std::array kCeilings = {Ambiguity::too_deep,        Ambiguity::too_many_parts,
                                  Ambiguity::too_many_fields, Ambiguity::field_too_long,
                                  Ambiguity::header_too_long, Ambiguity::too_many_parameters};

constexpr std::size_t kMaxPartsInEncoded = 50;

// mimetic does not know that a digest's parts are messages by default: a leaf to it.
bool is_implied_message(const Scan& scan, const Part& part) {
  if (part.parent < 0 || scan.parts[static_cast<std::size_t>(part.parent)].type != "multipart/digest") return false;
  return std::none_of(part.fields.begin(), part.fields.end(),
                      [](const Field& field) { return equals_ignoring_case(field.name, "Content-Type"); });
}

struct ExpectedPart {
  int depth = 0;
  std::string type;
  bool is_encoded_composite = false;
};

// The scan's tree as mimetic would show it, had it understood all: its known and harmless simplifications applied.
std::vector<ExpectedPart> as_mimetic_shows(const Scan& scan) {
  std::vector<ExpectedPart> parts;
  std::vector<bool> is_hidden(scan.parts.size());
  for (std::size_t i = 0; i < scan.parts.size(); ++i) {
    const Part& part = scan.parts[i];
    const bool implied = is_implied_message(scan, part);
    const bool parent_hides = part.parent >= 0 && is_hidden[static_cast<std::size_t>(part.parent)];
    is_hidden[i] = implied || parent_hides || part.type == "message/global";
    if (!parent_hides) parts.push_back({part.depth, implied ? "text/plain" : part.type, part.is_encoded_composite()});
  }
  return parts;
}

template <typename Parts>
std::string describe(const Parts& parts, std::size_t at) {
  if (at >= parts.size()) return "nothing";
  return parts[at].type + " at depth " + std::to_string(parts[at].depth);
}

// mimetic looks for parts in a composite before its encoding is undone, the scan does not look at all: what it sees
// there is left out.
std::vector<SeenPart> without_encoded(const std::vector<ExpectedPart>& ours, std::vector<SeenPart> theirs) {
  std::vector<SeenPart> kept;
  std::optional<int> depth;  // of the encoded composite that the parts at hand are in
  for (SeenPart& part : theirs) {
    if (depth && part.depth > *depth) continue;
    const bool is_encoded = kept.size() < ours.size() && ours[kept.size()].is_encoded_composite;
    depth = is_encoded ? std::optional(part.depth) : std::nullopt;
    kept.push_back(std::move(part));
  }
  return kept;
}

Structure compare(const std::vector<ExpectedPart>& ours, const std::vector<SeenPart>& theirs) {
  const auto same = [](const ExpectedPart& a, const SeenPart& b) { return a.depth == b.depth && a.type == b.type; };
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
  const std::vector<ExpectedPart> ours = as_mimetic_shows(scan);
  // One more than expected is enough to know that they differ.
  const std::size_t encoded = scan.has(Ambiguity::encoded_composite) ? kMaxPartsInEncoded : 0;
  Result<Seen> seen = read_with_mimetic(raw, ours.size() + encoded + 1);
  if (!seen) return seen.error();
  if (seen->outcome.end != SandboxEnd::finished) return Structure{Opinion::died, seen->outcome.why};
  return compare(ours, without_encoded(ours, std::move(seen->parts)));
}

}  // namespace majlis::mail
