#include "mail/edit.h"

#include <algorithm>

#include "base/text.h"
#include "mail/composer.h"

namespace majlis::mail {
namespace {

std::string with_line_ends(std::string crlf_text, bool crlf) {
  if (!crlf) std::erase(crlf_text, '\r');
  return crlf_text;
}

// Fields go in front of the first field. A continuation line that stands before it (an ambiguity) stays in front, or it
// would become part of what is added.
std::size_t top_of_header(const Message& message) {
  const std::vector<Field>& fields = message.scan().parts.front().fields;
  return fields.empty() ? message.header().size() : fields.front().begin;
}

}  // namespace

void Edit::remove(std::size_t begin, std::size_t end) {
  end = std::min(end, message_->bytes().size());
  if (begin < end) removals_.push_back({begin, end});
}

void Edit::insert(std::size_t at, std::string text) {
  insertions_.push_back({std::min(at, message_->bytes().size()), std::move(text)});
}

void Edit::remove_fields(std::string_view name) {
  for (const Field& candidate : message_->scan().parts.front().fields) {
    if (equals_ignoring_case(candidate.name, name)) remove(candidate.begin, candidate.end);
  }
  std::erase_if(added_, [&](const AddedField& each) { return equals_ignoring_case(each.name, name); });
}

void Edit::add_field(std::string_view name, std::string_view body) {
  added_.push_back({std::string(name), with_line_ends(field(name, body), message_->scan().crlf)});
}

bool Edit::changes_body() const {
  const std::size_t header_end = message_->header().size();
  return std::any_of(removals_.begin(), removals_.end(), [&](const Removal& r) { return r.end > header_end; }) ||
         std::any_of(insertions_.begin(), insertions_.end(), [&](const Insertion& i) { return i.at > header_end; });
}

// In order. Added fields come first at their place.
std::vector<Edit::Insertion> Edit::all_insertions() const {
  std::vector<Insertion> insertions;
  if (!added_.empty() || top_) {
    const std::string_view bytes = message_->bytes();
    const std::string_view line_end = message_->scan().crlf ? "\r\n" : "\n";
    Insertion top{top_.value_or(top_of_header(*message_)), {}, Is::fields};
    if (top.at > 0 && bytes[top.at - 1] != '\n') top.text += line_end;
    for (const AddedField& each : added_) top.text += each.text;
    insertions.push_back(std::move(top));
    // A message that has neither a field nor the empty line needs one now.
    if (insertions.front().at == message_->scan().parts.front().body_begin) {
      insertions.push_back({insertions.front().at, std::string(line_end)});
    }
  }
  insertions.insert(insertions.end(), insertions_.begin(), insertions_.end());
  std::stable_sort(insertions.begin(), insertions.end(),
                   [](const Insertion& a, const Insertion& b) { return a.at < b.at; });
  return insertions;
}

std::vector<Edit::Removal> Edit::all_removals() const {
  std::vector<Removal> removals = removals_;
  std::sort(removals.begin(), removals.end(), [](const Removal& a, const Removal& b) { return a.begin < b.begin; });
  return removals;
}

Edited Edit::apply() const {
  const std::string_view bytes = message_->bytes();
  const std::vector<Insertion> insertions = all_insertions();
  const std::vector<Removal> removals = all_removals();
  std::size_t most = bytes.size();
  for (const Insertion& insertion : insertions) most += insertion.text.size();

  Edited edited;
  std::string& out = edited.bytes;
  out.reserve(most);
  std::size_t kept_to = 0;  // everything before it is written or removed
  auto removal = removals.begin();
  const auto copy_until = [&](std::size_t stop) {
    for (; removal != removals.end() && removal->begin < stop; ++removal) {
      if (removal->begin > kept_to) out += bytes.substr(kept_to, removal->begin - kept_to);
      kept_to = std::max(kept_to, removal->end);
    }
    if (stop > kept_to) {
      out += bytes.substr(kept_to, stop - kept_to);
      kept_to = stop;
    }
  };
  for (const Insertion& insertion : insertions) {
    copy_until(insertion.at);
    out += insertion.text;
    if (insertion.is == Is::fields) edited.behind_added_fields = out.size();
  }
  copy_until(bytes.size());
  return edited;
}

}  // namespace majlis::mail
