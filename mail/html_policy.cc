#include "mail/html_policy.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/flowed.h"
#include "mail/html/clean.h"
#include "mail/html/page_charset.h"
#include "mail/html/plain_text.h"
#include "mail/part_text.h"

namespace majlis::mail {
namespace {

constexpr std::array<std::string_view, 2> kHtmlTypes = {"text/html", "application/xhtml+xml"};
constexpr std::array<std::string_view, 5> kEncodings = {"7bit", "8bit", "binary", "quoted-printable", "base64"};
// What a part in HTML keeps of what is said about it when it is written anew.
constexpr std::array<std::string_view, 5> kKeptFields = {"Content-Disposition", "Content-ID", "Content-Location",
                                                         "Content-Description", "Content-Language"};

template <typename Names>
bool holds(const Names& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](auto each) { return equals_ignoring_case(each, name); });
}

bool is_html(const Part& part) { return holds(kHtmlTypes, part.type); }

struct Page {
  std::string text, charset;
};

Page page_of(std::string_view bytes, const Part& part) {
  const std::string octets =
      decode_transfer(bytes.substr(part.body_begin, part.body_end - part.body_begin), part.encoding);
  Page page{{}, charset_of_page(octets, part.charset)};
  page.text = to_utf8(octets, page.charset);
  return page;
}

// One thing that is done to one part.
struct Change {
  enum class Kind { clean, text, remove, collapse, refuse };
  Kind kind;
  std::size_t part;
  std::size_t stays = 0;  // of a multipart that is collapsed: the part that stays
};

class Planner {
 public:
  Planner(const Message& message, const HtmlPolicy& policy)
      : bytes_(message.bytes()), parts_(message.scan().parts), policy_(policy), is_settled_(parts_.size()) {}

  // Parents stand in front of what is in them.
  std::vector<Change> plan() {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const int parent = parts_[i].parent;
      is_settled_[i] = is_settled_[i] || (parent >= 0 && is_settled_[static_cast<std::size_t>(parent)]);
      if (is_settled_[i]) continue;
      if (parts_[i].type == "multipart/alternative") plan_alternative(i);
      if (is_html(parts_[i])) plan_html(i);
    }
    return std::move(changes_);
  }

 private:
  void plan_html(std::size_t index) {
    using Kind = Change::Kind;
    if (policy_.parts == HtmlParts::text) changes_.push_back({Kind::text, index});
    if (policy_.parts == HtmlParts::reject) changes_.push_back({Kind::refuse, index});
    if (policy_.parts != HtmlParts::clean) return;
    const Page page = page_of(bytes_, parts_[index]);
    if (is_active_page({.text = page.text, .charset = page.charset}, policy_.remote)) {
      changes_.push_back({Kind::clean, index});
    }
  }

  void plan_alternative(std::size_t index) {
    const bool collapses = policy_.parts == HtmlParts::text || policy_.alternatives == Alternatives::collapse;
    if (!collapses && policy_.parts != HtmlParts::reject) return;
    const std::vector<std::size_t> children = children_of(index);
    const auto text = std::find_if(children.begin(), children.end(), [&](std::size_t i) { return is_written(i); });
    const auto is_other = [&](std::size_t i) { return is_html_half(i); };
    const auto others = std::count_if(children.begin(), children.end(), is_other);
    if (text == children.end() || others == 0) return;
    if (collapses || static_cast<std::size_t>(others) + 1 == children.size()) {
      changes_.push_back({Change::Kind::collapse, index, *text});
      is_settled_[index] = true;
      return;
    }
    for (const std::size_t child : children) {
      if (!is_other(child)) continue;
      changes_.push_back({Change::Kind::remove, child});
      is_settled_[child] = true;
    }
  }

  std::vector<std::size_t> children_of(std::size_t index) const {
    std::vector<std::size_t> children;
    for (std::size_t i = index + 1; i < parts_.size(); ++i) {
      if (parts_[i].parent == static_cast<int>(index)) children.push_back(i);
    }
    return children;
  }

  // A plain text with something in it: some programs send an empty one along.
  bool is_written(std::size_t index) const {
    const Part& part = parts_[index];
    return part.type == "text/plain" && !is_attachment(bytes_, part) &&
           text_of(bytes_, part).find_first_not_of(" \t\r\n") != std::string::npos;
  }

  // HTML alone, or with what is shown in it. Where files stand beside it they are not lost with it.
  bool is_html_half(std::size_t index) const {
    if (is_html(parts_[index])) return true;
    const bool has_child = index + 1 < parts_.size() && parts_[index + 1].parent == static_cast<int>(index);
    return parts_[index].type == "multipart/related" && has_child && is_html(parts_[index + 1]);
  }

  std::string_view bytes_;
  const std::vector<Part>& parts_;
  const HtmlPolicy& policy_;
  std::vector<bool> is_settled_;  // with a multipart that it stands in
  std::vector<Change> changes_;
};

bool is_in_force(const HtmlPolicy& policy) {
  return policy.parts != HtmlParts::keep || policy.alternatives == Alternatives::collapse;
}

bool is_inside_signed(const std::vector<Part>& parts, std::size_t index) {
  for (int at = parts[index].parent; at >= 0; at = parts[static_cast<std::size_t>(at)].parent) {
    if (parts[static_cast<std::size_t>(at)].type == "multipart/signed") return true;
  }
  return false;
}

// Two fields to answer to say nothing of the parts.
bool is_unclear(const Message& message) {
  const std::vector<Ambiguity>& found = message.scan().ambiguities;
  const std::vector<Part>& parts = message.scan().parts;
  return std::any_of(found.begin(), found.end(), [](auto each) { return each != Ambiguity::repeated_reply_to; }) ||
         std::any_of(parts.begin(), parts.end(),
                     [](const Part& part) { return is_html(part) && !holds(kEncodings, part.encoding); });
}

HtmlObstacle obstacle_to(const std::vector<Change>& changes, const std::vector<Part>& parts) {
  const auto refuses = [](const Change& each) { return each.kind == Change::Kind::refuse; };
  if (std::any_of(changes.begin(), changes.end(), refuses)) return HtmlObstacle::no_text;
  const auto is_signed = [&](const Change& each) { return is_inside_signed(parts, each.part); };
  return std::any_of(changes.begin(), changes.end(), is_signed) ? HtmlObstacle::signed_part : HtmlObstacle::none;
}

std::string fields_of(std::string_view bytes, const Part& part, bool (*is_wanted)(std::string_view)) {
  std::string fields;
  for (const Field& field : part.fields) {
    if (is_wanted(field.name)) fields += bytes.substr(field.begin, field.end - field.begin);
  }
  return fields;
}

// By which the multipart around it may name it as its root (RFC 2387 3.2).
bool is_content_id(std::string_view name) { return equals_ignoring_case(name, "Content-ID"); }

bool is_other_content(std::string_view name) {
  return starts_with_ignoring_case(name, "Content-") && !is_content_id(name);
}

// The part as it is, its octets as they are, in the place of another, under whose Content-ID it is then known.
std::string whole(std::string_view bytes, const Part& part, const Part& in_place_of) {
  const std::string id = fields_of(bytes, in_place_of, is_content_id);
  return (id.empty() ? fields_of(bytes, part, is_content_id) : id) + fields_of(bytes, part, is_other_content) + "\r\n" +
         std::string(bytes.substr(part.body_begin, part.body_end - part.body_begin)) + "\r\n";
}

void carry_out(const Message& message, RemoteContent remote, const Change& change, PartEdit& edit) {
  const std::string_view bytes = message.bytes();
  const std::vector<Part>& parts = message.scan().parts;
  const Part& part = parts[change.part];
  switch (change.kind) {
    case Change::Kind::clean:
      edit.replace(change.part, fields_of(bytes, part, [](auto name) { return holds(kKeptFields, name); }) +
                                    part_in_utf8("text/html", clean_page(page_of(bytes, part).text, remote)));
      break;
    case Change::Kind::text:
      edit.replace(change.part, fields_of(bytes, part, is_content_id) +
                                    part_in_utf8("text/plain; format=flowed",
                                                 as_flowed_lines(plain_text_of_page(page_of(bytes, part).text))));
      break;
    case Change::Kind::remove: edit.remove(change.part); break;
    case Change::Kind::collapse: edit.replace(change.part, whole(bytes, parts[change.stays], part)); break;
    case Change::Kind::refuse: break;
  }
}

}  // namespace

bool has_html(const Message& message) {
  const std::vector<Part>& parts = message.scan().parts;
  return std::any_of(parts.begin(), parts.end(), is_html);
}

HtmlObstacle html_obstacle(const Message& message, const HtmlPolicy& policy) {
  if (!is_in_force(policy) || !has_html(message)) return HtmlObstacle::none;
  if (is_unclear(message)) return HtmlObstacle::unclear;
  return obstacle_to(Planner(message, policy).plan(), message.scan().parts);
}

std::size_t apply_html_policy(const Message& message, const HtmlPolicy& policy, PartEdit& edit) {
  if (!is_in_force(policy) || !has_html(message) || is_unclear(message)) return 0;
  const std::vector<Change> changes = Planner(message, policy).plan();
  if (obstacle_to(changes, message.scan().parts) != HtmlObstacle::none) return 0;
  for (const Change& change : changes) carry_out(message, policy.remote, change, edit);
  return changes.size();
}

}  // namespace majlis::mail
