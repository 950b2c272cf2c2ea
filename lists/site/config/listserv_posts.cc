// What posts may be and how they go out: Attachments=, Misc-Options=, Reply-To=, Sizelim=.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/content_values.h"
#include "lists/site/config/listserv_keywords.h"
#include "mail/address.h"

namespace majlis::lists {
namespace {

using S = Setting;

constexpr std::string_view kAll = "All";
constexpr std::string_view kFilter = "Filter";
constexpr std::string_view kDiscardHtml = "DISCARD_HTML";
constexpr std::string_view kRespect = "Respect";
constexpr std::string_view kIgnore = "Ignore";
constexpr std::string_view kPlainText = "text/plain";
constexpr std::array<std::string_view, 3> kPermissions = {"Yes", "No", kAll};
constexpr std::array<std::string_view, 2> kRespects = {kRespect, kIgnore};

struct Multiple {
  char letter;
  std::int64_t octets;
};
constexpr std::array kMultiples = {Multiple{'M', 1024 * 1024}, Multiple{'K', 1024}};

struct Destination {
  std::string_view word;
  std::string_view mode;
};
constexpr std::array kDestinations = {Destination{"List", "list"}, Destination{"Sender", "author"},
                                      Destination{"Both", "both"}, Destination{"None", "author"}};

std::string destination_for(std::string_view mode) {
  const auto known = std::find_if(kDestinations.begin(), kDestinations.end(),
                                  [&](const Destination& row) { return row.mode == mode; });
  return known == kDestinations.end() ? "\"" + std::string(mode) + "\"" : std::string(known->word);
}

}  // namespace

// LISTSERV returns a post with what is not permitted, and takes it out with Filter.
Reading read_attachments(const HeaderItems& items) {
  if (auto refused = contradiction(items, kPermissions)) return *refused;
  const HeaderItem& first = items.front();
  const bool is_none = is_word(first, "No");
  if (!is_none && !is_word(first, "Yes") && !is_word(first, kAll)) return no_such_word(first, "Yes, No, All");
  std::string types;
  for (std::size_t i = 1; i < items.size(); ++i) {
    if (is_word(items[i], kFilter)) continue;
    if (is_none) return no_such_word(items[i], kFilter);
    const bool is_whole = items[i].text.find('/') != std::string::npos || items[i].text == "*";
    append_item(types, to_lower_ascii(items[i].text) + (is_whole ? "" : "/*"));
  }
  Reading reading;
  if (!is_none && types.empty()) {
    reading.values = {{S::attachments, "yes", first.line}};
    return reading;
  }
  // Plain text is always permitted there.
  if (!is_none && !read_permitted_types(types).permit(kPlainText)) append_item(types, kPlainText);
  reading.values = {{S::attachments, is_none ? "no" : types, first.line},
                    {S::attachment_action, has_word(items, kFilter) ? "strip" : "reject", first.line}};
  return reading;
}

std::string write_attachments(const ListConfig& config) {
  const PermittedTypes permitted = read_permitted_types(config.text(S::attachments));
  if (permitted.which == PermittedTypes::Which::all) return "Yes";
  std::string value = permitted.which == PermittedTypes::Which::none ? "No" : "Yes";
  if (permitted.which == PermittedTypes::Which::listed) {
    for (const std::string& type : permitted.types) append_item(value, type);
  }
  if (config.choice(S::attachment_action) == "strip") append_item(value, kFilter);
  return value;
}

Reading read_misc_options(const HeaderItems& items) {
  Reading reading;
  for (const HeaderItem& item : items) {
    if (is_word(item, kDiscardHtml)) {
      reading.values = {{S::html, "reject", item.line}};
    } else {
      remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
    }
  }
  return reading;
}

std::string write_misc_options(const ListConfig& config) {
  return config.choice(S::html) == "reject" ? std::string(kDiscardHtml) : "";
}

Reading read_reply_to(const HeaderItems& items) {
  if (auto refused = contradiction(items, kRespects)) return *refused;
  const HeaderItem& first = items.front();
  const std::string& to = first.text;
  const auto known = std::find_if(kDestinations.begin(), kDestinations.end(),
                                  [&](const Destination& row) { return equals_ignoring_case(row.word, to); });
  const bool is_known = known != kDestinations.end();
  if (!is_known && !mail::Address::parse(to)) return no_such_word(first, "List, Sender, Both, None, \"ADDRESS\"");
  for (std::size_t i = 1; i < items.size(); ++i) {
    const bool is_manner = is_word(items[i], kRespect) || is_word(items[i], kIgnore) || is_word(items[i], "Both");
    if (!is_manner) return no_such_word(items[i], "Respect, Ignore, Both");
  }
  return Reading{.values = {{S::reply_to_mode, is_known ? std::string(known->mode) : to, first.line},
                            {S::strip_reply_to, has_word(items, kIgnore) ? "yes" : "no", first.line},
                            {S::reply_to, "", first.line}}};
}

std::string write_reply_to(const ListConfig& config) {
  const std::string& replaced = config.text(S::reply_to);
  std::string value = destination_for(config.text(S::reply_to_mode));
  if (replaced == "$LIST") value = destination_for("list");
  if (replaced == "$SENDER") value = destination_for("author");
  if (mail::Address::parse(replaced)) value = destination_for(replaced);
  append_item(value, config.is_on(S::strip_reply_to) ? kIgnore : kRespect);
  return value;
}

// A number alone counts lines there, and nothing here.
Reading read_sizelim(const HeaderItems& items) {
  if (auto refused = surplus(items)) return *refused;
  const HeaderItem& item = items.front();
  Reading reading;
  if (parse_number(item.text)) {
    remark_kept(reading, fault(FaultId::header_lines));
    return reading;
  }
  for (const Multiple& row : kMultiples) {
    if (item.text.empty() || to_lower_ascii(item.text.back()) != to_lower_ascii(row.letter)) continue;
    const auto count = parse_number(std::string_view(item.text).substr(0, item.text.size() - 1));
    const std::int64_t most = spec_of(S::maxlength).maximum;
    // The most that there is, rounded up, is what is written of it.
    if (!count || *count > static_cast<std::uint64_t>((most + row.octets - 1) / row.octets)) break;
    const std::int64_t octets = std::min(static_cast<std::int64_t>(*count) * row.octets, most);
    reading.values = {{S::maxlength, std::to_string(octets), item.line}};
    return reading;
  }
  return no_such_word(item, "nK, nM");
}

// Rounded up where it is no whole number of them.
std::string write_sizelim(const ListConfig& config) {
  if (!config.is_set(S::maxlength)) return {};
  const std::int64_t octets = config.integer(S::maxlength);
  const Multiple& row = octets % kMultiples.front().octets == 0 ? kMultiples.front() : kMultiples.back();
  return std::to_string((octets + row.octets - 1) / row.octets) + row.letter;
}

}  // namespace majlis::lists
