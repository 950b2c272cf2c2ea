#include "mail/html/link.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"

namespace majlis::mail {
namespace {

struct Scheme {
  std::string_view name;
  LinkKind kind;
};
constexpr std::array kSchemes = {
    Scheme{"http", LinkKind::elsewhere}, Scheme{"https", LinkKind::elsewhere}, Scheme{"mailto", LinkKind::elsewhere},
    Scheme{"ftp", LinkKind::elsewhere},  Scheme{"tel", LinkKind::elsewhere},   Scheme{"news", LinkKind::elsewhere},
    Scheme{"cid", LinkKind::inside},     Scheme{"mid", LinkKind::inside},
};

struct LinkAttribute {
  std::string_view name;
  bool loads;
};
constexpr std::array kLinkAttributes = {
    LinkAttribute{"action", false},  LinkAttribute{"archive", true},     LinkAttribute{"background", true},
    LinkAttribute{"cite", false},    LinkAttribute{"classid", true},     LinkAttribute{"code", true},
    LinkAttribute{"codebase", true}, LinkAttribute{"data", true},        LinkAttribute{"dynsrc", true},
    LinkAttribute{"folder", false},  LinkAttribute{"formaction", false}, LinkAttribute{"href", false},
    LinkAttribute{"icon", true},     LinkAttribute{"imagesrcset", true}, LinkAttribute{"longdesc", false},
    LinkAttribute{"lowsrc", true},   LinkAttribute{"manifest", true},    LinkAttribute{"ping", false},
    LinkAttribute{"poster", true},   LinkAttribute{"profile", true},     LinkAttribute{"src", true},
    LinkAttribute{"srcset", true},   LinkAttribute{"usemap", false},     LinkAttribute{"xlink:href", true},
    LinkAttribute{"xml:base", true},
};

constexpr std::size_t kMaxSchemeOctets = 200;  // what stands in front of a colon further away is no scheme

// A scheme as a careless reader finds it: controls, blanks and what nobody sees skipped. nullopt-like "" and no colon:
// the URL is relative.
struct WrittenScheme {
  std::string name;
  bool has_colon = false;
};

WrittenScheme scheme_of(std::string_view url) {
  WrittenScheme scheme;
  while (!url.empty() && scheme.name.size() <= kMaxSchemeOctets) {
    const char32_t code_point = next_code_point(url);
    if (code_point == U':') {
      scheme.has_colon = true;
      return scheme;
    }
    if (code_point == U'/' || code_point == U'?' || code_point == U'#') return scheme;
    const bool is_skipped = code_point <= U' ' || code_point == kReplacementCodePoint ||
                            (code_point >= 0x7F && appearance_of(code_point) != Appearance::visible);
    if (!is_skipped) append_utf8(scheme.name, code_point);
  }
  return scheme;
}

const LinkAttribute* find_link_attribute(std::string_view name) {
  const auto* found = std::find_if(kLinkAttributes.begin(), kLinkAttributes.end(),
                                   [&](const LinkAttribute& each) { return each.name == name; });
  return found == kLinkAttributes.end() ? nullptr : found;
}

bool is_skipped_inside(char c) { return c == '\t' || c == '\n' || c == '\r'; }
bool is_at_most_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

}  // namespace

LinkKind kind_of_link(std::string_view url) {
  const WrittenScheme written = scheme_of(url);
  if (!written.has_colon) return LinkKind::relative;
  const auto* known = std::find_if(kSchemes.begin(), kSchemes.end(),
                                   [&](const Scheme& each) { return equals_ignoring_case(each.name, written.name); });
  return known == kSchemes.end() ? LinkKind::active : known->kind;
}

bool is_link_attribute(std::string_view name) { return find_link_attribute(name) != nullptr; }

bool is_loading_attribute(std::string_view name) {
  const LinkAttribute* found = find_link_attribute(name);
  return found != nullptr && found->loads;
}

LinkKind kind_of_links(std::string_view attribute, std::string_view value) {
  if (attribute != "srcset" && attribute != "imagesrcset" && attribute != "ping") return kind_of_link(value);
  LinkKind worst = LinkKind::inside;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find_first_of(", \t\n\r\f"), value.size());
    const LinkKind kind = end == 0 ? LinkKind::inside : kind_of_link(value.substr(0, end));
    if (kind == LinkKind::active) return kind;
    if (kind != LinkKind::inside) worst = kind;
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return worst;
}

std::string plain_link(std::string_view url) {
  while (!url.empty() && is_at_most_blank(url.front())) url.remove_prefix(1);
  while (!url.empty() && is_at_most_blank(url.back())) url.remove_suffix(1);
  std::string plain(url);
  std::erase_if(plain, is_skipped_inside);
  const bool has_controls = std::any_of(plain.begin(), plain.end(), [](char c) { return c < ' ' && c >= 0; });
  if (has_controls || plain.starts_with('\\') || kind_of_link(plain) == LinkKind::active) return {};
  // A known scheme is written as such, or some readers would not see it.
  const std::size_t colon = plain.find(':');
  const WrittenScheme written = scheme_of(plain);
  return written.has_colon && colon != written.name.size() ? std::string() : plain;
}

}  // namespace majlis::mail
