#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

struct HtmlAttribute {
  std::string name;   // ASCII in lower case
  std::string value;  // character references read
};

// A piece of an HTML page (HTML 13.2.5).
struct HtmlToken {
  enum class Kind { text, start_tag, end_tag, comment, doctype };
  Kind kind = Kind::text;
  std::string name;                       // of a tag or a doctype: ASCII in lower case
  std::string text;                       // of a text or a comment
  std::vector<HtmlAttribute> attributes;  // of a start tag: each name once, the first counts
  std::vector<HtmlAttribute> repeated;    // of a start tag: those that do not count, as a name came before
  bool is_self_closing = false;           // of a start tag
  // Of a doctype; it says nothing reliable with needs_quirks.
  std::optional<std::string> public_id;
  std::optional<std::string> system_id;
  bool needs_quirks = false;

  // The value of an attribute of a start tag; nullptr when it has none of this name.
  const std::string* attribute(std::string_view wanted) const {
    for (const HtmlAttribute& each : attributes) {
      if (each.name == wanted) return &each.value;
    }
    return nullptr;
  }
};

}  // namespace majlis::mail
