#include "mail/related_type.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "mail/content_field_text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxParameters = 200;

bool is_related(const Part& part) { return part.type == "multipart/related"; }

std::string_view body_of(std::string_view bytes, const Field& field) {
  return bytes.substr(field.body_begin, field.body_end - field.body_begin);
}

const Field* field_named(const Part& part, std::string_view name) {
  const auto found = std::find_if(part.fields.begin(), part.fields.end(),
                                  [&](const Field& field) { return equals_ignoring_case(field.name, name); });
  return found == part.fields.end() ? nullptr : &*found;
}

// One multipart/related, what it says of its root and what that is.
struct Related {
  const Field* field;
  ContentField content;
  std::string boundary;
  std::string root_type;
  bool is_start_there = true;  // the part that it names as that, or it names none

  bool is_true() const {
    const std::optional<std::string> type = parameter_value(content, "type");
    return is_start_there && (!type || equals_ignoring_case(*type, root_type));
  }
};

std::optional<Related> read_related(const Message& message, std::size_t index) {
  const std::vector<Part>& parts = message.scan().parts;
  const Field* field = field_named(parts[index], "Content-Type");
  if (field == nullptr) return std::nullopt;
  Related related{field, parse_content_field(unfold(body_of(message.bytes(), *field)), kMaxParameters),
                  parts[index].boundary, ""};
  const std::optional<std::string> start = parameter_value(related.content, "start");
  related.is_start_there = !start;
  for (std::size_t i = index + 1; i < parts.size(); ++i) {
    if (parts[i].parent != static_cast<int>(index)) continue;
    const Field* id = field_named(parts[i], "Content-ID");
    const bool is_start = start && id != nullptr && trim(body_of(message.bytes(), *id)) == trim(*start);
    if (!is_start && !related.root_type.empty()) continue;
    related.root_type = parts[i].type;
    related.is_start_there = related.is_start_there || is_start;
    if (is_start) break;
  }
  return related;
}

std::vector<Related> all_related(const Message& message) {
  std::vector<Related> all;
  const std::vector<Part>& parts = message.scan().parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::optional<Related> related = is_related(parts[i]) ? read_related(message, i) : std::nullopt;
    if (related && !related->root_type.empty()) all.push_back(std::move(*related));
  }
  return all;
}

}  // namespace

bool has_related(const Message& message) {
  const std::vector<Part>& parts = message.scan().parts;
  return std::any_of(parts.begin(), parts.end(), is_related);
}

void mend_related_types(const Message& message, const Message& before, Edit& edit) {
  if (message.scan().is_ambiguous()) return;
  std::set<std::string> wrong_before;
  for (const Related& related : all_related(before)) {
    if (!related.is_true()) wrong_before.insert(related.boundary);
  }
  const std::string_view line_end = message.scan().crlf ? "\r\n" : "\n";
  for (Related& related : all_related(message)) {
    if (related.is_true() || wrong_before.count(related.boundary) > 0) continue;
    std::erase_if(related.content.parameters,
                  [&](const Parameter& parameter) { return parameter.name == "start" && !related.is_start_there; });
    for (Parameter& parameter : related.content.parameters) {
      if (parameter.name != "type") continue;
      parameter.raw = '"' + related.root_type + '"';
      parameter.extended = false;
      parameter.section = -1;
    }
    edit.remove(related.field->body_begin, related.field->body_end);
    edit.insert(related.field->body_begin, content_field_text(related.content, line_end));
  }
}

}  // namespace majlis::mail
