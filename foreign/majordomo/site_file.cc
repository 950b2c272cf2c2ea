#include "foreign/majordomo/site_file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"

namespace majlis::foreign {
namespace {

constexpr std::size_t kMaxFindings = 500;
constexpr std::size_t kMaxValueOctets = 4096;
constexpr std::size_t kMaxValues = 2000;
constexpr std::size_t kShownOctets = 120;
constexpr std::string_view kHomedir = "homedir";

// What the importer goes by.
constexpr std::array<std::string_view, 7> kUsed = {"whereami",
                                                   "homedir",
                                                   "listdir",
                                                   "filedir",
                                                   "filedir_suffix",
                                                   "config'default_subscribe_policy",
                                                   "config'default_unsubscribe_policy"};

constexpr std::string_view kOfTheServer = "a setting of Majordomo's server; Majlis has its own in site.conf";

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The name behind a '$' or '${', with Perl 4's "'" or "::" for packages where a letter follows.
std::string_view name_at(std::string_view text, bool with_package) {
  std::size_t end = 0;
  while (end < text.size()) {
    const bool is_package = with_package && text[end] == '\'' && end + 1 < text.size() && is_name_char(text[end + 1]);
    if (!is_name_char(text[end]) && !is_package) break;
    ++end;
  }
  return text.substr(0, end);
}

// Braces that open less those that close, outside quotes and comments.
int depth_of(std::string_view line) {
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '\\') {
      ++i;
    } else if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '`') {
      quote = c;
    } else if (c == '#') {
      break;
    } else {
      depth += c == '{' ? 1 : (c == '}' ? -1 : 0);
    }
  }
  return depth;
}

class SiteFileReader {
 public:
  SiteFileReader(std::string_view text, std::string_view file, std::string_view homedir)
      : rest_(text), file_(file), homedir_(homedir) {}

  SiteFile read() {
    while (const auto line = next()) take(trim(*line));
    site_.values.emplace(kHomedir, homedir_);
    return std::move(site_);
  }

 private:
  std::optional<std::string_view> next() {
    ++line_;
    return next_line(rest_);
  }

  void take(std::string_view line) {
    const std::size_t number = line_;
    if (line.empty() || line.front() == '#' || line == "1;") return;
    if (const auto tag = here_tag(line)) return skip_here_text(line, *tag, number);
    const bool is_assignment = line.front() == '$' && line.find('=') != std::string_view::npos;
    if (!is_assignment && depth_of(line) > 0) return skip_block(line, number);
    std::string whole(line);
    while (is_assignment && !ends_statement(whole) && whole.size() < kMaxValueOctets) {
      const auto more = next();
      if (!more) break;
      whole.append(" ").append(trim(*more));
    }
    if (!is_assignment || !assign(whole)) pass_over(whole, number, "it is no plain assignment, and Perl is not run");
  }

  static bool ends_statement(std::string_view text) { return text.find(';') != std::string_view::npos; }

  // The tag of "<<'END'", with or without quotes.
  static std::optional<std::string> here_tag(std::string_view line) {
    const std::size_t at = line.find("<<");
    if (at == std::string_view::npos || line.find('=') > at) return std::nullopt;
    std::string_view behind = trim(line.substr(at + 2));
    const bool is_quoted = !behind.empty() && (behind.front() == '\'' || behind.front() == '"');
    if (is_quoted) behind = behind.substr(1, behind.find(behind.front(), 1) - 1);
    const std::string_view tag = is_quoted ? behind : name_at(behind, false);
    const bool is_number = !tag.empty() && tag.front() >= '0' && tag.front() <= '9';  // a shift
    if (tag.empty() || (is_number && !is_quoted)) return std::nullopt;
    return std::string(tag);
  }

  void skip_here_text(std::string_view line, const std::string& tag, std::size_t number) {
    while (const auto text = next()) {
      if (*text == tag) break;
    }
    pass_over(line, number, "a here-document, which belongs to the server: a list may have such patterns of its own");
  }

  void skip_block(std::string_view line, std::size_t number) {
    int depth = depth_of(line);
    while (depth > 0) {
      const auto more = next();
      if (!more) break;
      const std::string_view text = trim(*more);
      if (!text.starts_with('#')) depth += depth_of(text);
    }
    pass_over(line, number, "a block, and Perl is not run");
  }

  // False: the value is not plain.
  bool assign(std::string_view statement) {
    const std::string_view name = name_at(statement.substr(1), true);
    std::string_view behind = trim(statement.substr(1 + name.size()));
    if (name.empty() || !behind.starts_with('=')) return false;
    std::optional<std::string> value = value_of(trim(behind.substr(1)));
    if (!value) return false;
    if (site_.values.size() >= kMaxValues && !site_.values.contains(name)) {
      add({.what = "$" + std::string(name), .from = "", .why = "there are too many variables in front of it"});
      return true;
    }
    const auto [place, is_new] = site_.values.emplace(std::string(name), std::move(*value));
    tell(name, place->second, is_new);
    return true;
  }

  void tell(std::string_view name, const std::string& value, bool is_new) {
    const bool is_used = std::find(kUsed.begin(), kUsed.end(), name) != kUsed.end();
    const std::string_view why = !is_new ? "it is assigned a second time; the first counts" : kOfTheServer;
    const bool is_carried = is_used && is_new;
    add({.what = "$" + std::string(name),
         .from = name.find("seed") == std::string_view::npos ? std::string(utf8_prefix(value, kShownOctets)) : "",
         .to = is_carried ? "read" : "",
         .fate = is_carried ? Fate::carried : Fate::not_carried,
         .why = is_carried ? "" : std::string(why)});
  }

  // A string or a number up to the ';', behind which only a comment may stand.
  std::optional<std::string> value_of(std::string_view text) const {
    if (text.empty()) return std::nullopt;
    std::optional<std::string> value;
    std::size_t end = 0;
    if (text.front() == '"' || text.front() == '\'') {
      value = quoted(text, end);
    } else {
      while (end < text.size() && (is_name_char(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
      if (end > 0) value = std::string(text.substr(0, end));
    }
    const std::string_view behind = value ? trim(text.substr(end)) : std::string_view();
    const bool is_plain =
        behind.starts_with(';') && (trim(behind.substr(1)).empty() || trim(behind.substr(1)).front() == '#');
    return is_plain && value->size() <= kMaxValueOctets ? value : std::nullopt;
  }

  std::optional<std::string> quoted(std::string_view text, std::size_t& end) const {
    const char quote = text.front();
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (text[i] == quote) {
        end = i + 1;
        return value;
      }
      if (text[i] == '\\' && i + 1 < text.size()) {
        value += text[++i];
      } else if (quote == '"' && text[i] == '$') {
        const std::size_t used = fill_in(text.substr(i + 1), value);
        if (used == 0 || value.size() > kMaxValueOctets) return std::nullopt;
        i += used;
      } else {
        value += text[i];
      }
    }
    return std::nullopt;
  }

  // Appends the value of the variable behind a '$'; the octets that name it, 0: it is not known.
  std::size_t fill_in(std::string_view text, std::string& value) const {
    const bool has_braces = text.starts_with('{');
    const std::string_view name = name_at(text.substr(has_braces ? 1 : 0), false);
    if (has_braces && !text.substr(1 + name.size()).starts_with('}')) return 0;
    const auto known = site_.values.find(name);
    if (known == site_.values.end() && name != kHomedir) return 0;
    value += known == site_.values.end() ? std::string(homedir_) : known->second;
    return name.size() + (has_braces ? 2 : 0);
  }

  void pass_over(std::string_view what, std::size_t number, std::string_view why) {
    const std::string_view shown =
        what.starts_with('$') ? what.substr(0, 1 + name_at(what.substr(1), true).size()) : "";
    const std::string place = std::string(file_) + ":" + std::to_string(number);
    const bool has_name = shown.size() > 1;
    add({.what = has_name ? std::string(shown) : place,
         .from = has_name ? place : std::string(utf8_prefix(what, kShownOctets)),
         .why = std::string(why)});
  }

  void add(Finding finding) {
    if (site_.findings.size() < kMaxFindings) site_.findings.push_back(std::move(finding));
  }

  std::string_view rest_;
  std::string_view file_;
  std::string_view homedir_;
  std::size_t line_ = 0;
  SiteFile site_;
};

}  // namespace

std::string SiteFile::value(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

SiteFile read_site_file(std::string_view text, std::string_view file, std::string_view homedir) {
  return SiteFileReader(text, file, homedir).read();
}

}  // namespace majlis::foreign
