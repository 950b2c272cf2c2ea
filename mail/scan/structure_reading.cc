#include "mail/scan/structure_reading.h"

#include <mimetic/mimetic.h>

#include <iterator>
#include <optional>

#include "base/text.h"

namespace majlis::mail {
namespace {

// What a message that passed the scan can never reach (10 MB take about 0.05 s and 30 MB).
constexpr SandboxLimits kLimits{
    .cpu_s = 2, .memory_bytes = 256UL << 20U, .wall_ms = 5000, .max_result_bytes = 1UL << 20U};
constexpr std::size_t kMaxTypeOctets = 255;

// Reads bytes in place: no copy of the message is made in the child. Not a random access iterator, for which mimetic
// has a parser that takes a boundary for one wherever it stands in a line.
class OctetIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  OctetIterator() = default;
  explicit OctetIterator(const char* at) : at_(at) {}
  reference operator*() const { return *at_; }
  OctetIterator& operator++() {
    ++at_;
    return *this;
  }
  OctetIterator operator++(int) { return OctetIterator(at_++); }
  bool operator==(const OctetIterator&) const = default;

 private:
  const char* at_ = nullptr;
};

void append_line(std::string& out, int depth, mimetic::MimeEntity& entity) {
  const mimetic::Header& header = entity.header();
  const mimetic::ContentType& content = header.contentType();
  std::string type(content.type().c_str());
  std::string subtype(content.subtype().c_str());
  type = type.empty() || subtype.empty() ? "text/plain" : type + "/" + subtype;
  type = to_lower_ascii(trim(std::string_view(type).substr(0, kMaxTypeOctets)));
  out += std::to_string(depth) + " " + printable(type, kMaxTypeOctets) + "\n";
}

// Walks the tree with a stack of its own. Nothing is ever destroyed: the process ends behind this.
std::string describe(mimetic::MimeEntity& root, std::size_t max_parts) {
  std::string out;
  std::vector<std::pair<mimetic::MimeEntity*, int>> waiting = {{&root, 0}};
  for (std::size_t count = 0; !waiting.empty() && count < max_parts; ++count) {
    const auto [entity, depth] = waiting.back();
    waiting.pop_back();
    append_line(out, depth, *entity);
    mimetic::MimeEntityList& children = entity->body().parts();
    for (auto child = children.rbegin(); child != children.rend(); ++child) waiting.emplace_back(*child, depth + 1);
  }
  return out;
}

// The input is the number of parts that are wanted, a line end and the message.
std::string read_in_child(std::string_view input) {
  const std::size_t line_end = input.find('\n');
  const std::size_t max_parts = parse_number(input.substr(0, line_end)).value_or(0);
  const std::string_view message = input.substr(line_end + 1);
  auto* const root = new mimetic::MimeEntity;
  root->load(OctetIterator(message.data()), OctetIterator(message.data() + message.size()),
             mimetic::imBody | mimetic::imPreamble | mimetic::imEpilogue);
  return describe(*root, max_parts);
}

// Waits for the next message.
std::optional<SandboxChild>& waiting_child() {
  static std::optional<SandboxChild> child;
  return child;
}

// The child may have been taken over by the message: what it says is read like any outside input.
bool parse_lines(std::string_view text, std::size_t max_parts, std::vector<SeenPart>& parts) {
  while (const auto line = next_line(text)) {
    const std::size_t blank = line->find(' ');
    const auto depth = parse_number(line->substr(0, blank));
    if (blank == std::string_view::npos || !depth || *depth > max_parts || parts.size() == max_parts) return false;
    parts.push_back({static_cast<int>(*depth), printable(line->substr(blank + 1), kMaxTypeOctets)});
  }
  return !parts.empty();
}

}  // namespace

Status prepare_structure_child() {
  Result<SandboxChild> child = SandboxChild::start(kLimits, read_in_child);
  if (!child) return child.error();
  waiting_child().emplace(std::move(*child));
  return {};
}

Result<Seen> read_with_mimetic(std::string_view raw, std::size_t max_parts) {
  if (!waiting_child()) {
    if (Status prepared = prepare_structure_child(); !prepared) return prepared.error();
  }
  Result<SandboxOutcome> outcome = waiting_child()->ask({std::to_string(max_parts) + "\n", raw});
  waiting_child().reset();
  if (!outcome) return outcome.error();
  Seen seen;
  seen.outcome = std::move(*outcome);
  if (seen.outcome.end == SandboxEnd::finished && !parse_lines(seen.outcome.result, max_parts, seen.parts)) {
    seen.outcome.end = SandboxEnd::refused;
    seen.outcome.why = "the child's answer cannot be read";
  }
  return seen;
}

}  // namespace majlis::mail
