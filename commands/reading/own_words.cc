#include "commands/reading/own_words.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/digit.h"
#include "base/text.h"
#include "base/unicode.h"
#include "commands/reading/command_lines.h"
#include "commands/reading/secret_words.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxReplyLines = 2000;  // the rest is not read
constexpr std::size_t kMinRule = 3;           // dashes or underscores
constexpr std::size_t kMinLabels = 3;         // lines that make a block of header fields
constexpr std::size_t kMaxLabelOctets = 30;
constexpr std::size_t kMaxIntroductionLines = 4;
constexpr std::size_t kMaxHeadLines = 12;  // of what is quoted
constexpr std::size_t kMaxDeviceWords = 6;
constexpr std::string_view kWideColon = "\xEF\xBC\x9A";

// What telephones and programs that add a line to every message are called in any language; lower case.
constexpr std::array<std::string_view, 15> kDevices = {"iphone", "ipad",   "android", "outlook", "samsung",
                                                       "galaxy", "huawei", "xiaomi",  "nokia",   "blackberry",
                                                       "yahoo",  "gmx",    "web.de",  "proton",  "thunderbird"};

struct Line {
  std::string text;        // blanks are plain, none at the ends
  bool ends_text = false;  // a signature begins
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  while (lines.size() < kMaxReplyLines) {
    const auto line = next_line(text);
    if (!line) break;
    const std::string plain = with_plain_blanks(*line);
    lines.push_back({std::string(trim(plain)), trim(plain) == "--"});
  }
  return lines;
}

bool is_quoted(std::string_view line) { return line.starts_with('>') || line.starts_with('|'); }

// "-----Original Message-----", "________________"
bool is_rule(std::string_view line) {
  return line.starts_with(std::string(kMinRule, '-')) || line.starts_with(std::string(kMinRule, '_'));
}

// One that no writer makes: with words in it, or of underscores.
bool is_marked_rule(std::string_view line) {
  return is_rule(line) && (line.front() == '_' || line.find_first_not_of("- ") != std::string_view::npos);
}

std::size_t find_colon(std::string_view line) { return std::min(line.find(':'), line.find(kWideColon)); }

// "From: Cooks", "*Envoyé :* mardi"
bool is_labelled(std::string_view line) {
  const std::size_t colon = find_colon(line);
  if (colon == 0 || colon > kMaxLabelOctets) return false;
  return colon + 1 < line.size();
}

bool ends_with_colon(std::string_view line) { return line.ends_with(':') || line.ends_with(kWideColon); }

// "From: cooks-owner@...", "On Tuesday cooks-owner@... wrote:"
bool introduces(std::string_view line) { return ends_with_colon(line) || is_labelled(line); }

bool begins_block(const std::vector<Line>& lines, std::size_t at, std::size_t min_labels) {
  std::size_t labels = 0;
  for (std::size_t i = at; i < lines.size() && labels < min_labels; ++i) {
    if (lines[i].text.empty()) continue;
    if (!is_labelled(lines[i].text)) return false;
    ++labels;
  }
  return labels == min_labels;
}

bool is_before_quoted(const std::vector<Line>& lines, std::size_t at) {
  const auto next = std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, lines.end(),
                                 [](const Line& line) { return !line.text.empty(); });
  return next != lines.end() && is_quoted(next->text);
}

bool names(std::string_view line, std::string_view what) {
  return find_ignoring_case(line, what) != std::string_view::npos;
}

// Where a writer's own words end: a quotation without '>', or a signature.
bool ends_words(const std::vector<Line>& lines, std::size_t at) {
  return lines[at].ends_text || is_rule(lines[at].text) || begins_block(lines, at, kMinLabels);
}

// Below this line stands a letter of ours that is not marked with '>'.
bool introduces_us(const std::vector<Line>& lines, std::size_t at, std::string_view our_host) {
  return names(lines[at].text, our_host) && introduces(lines[at].text) && !is_before_quoted(lines, at);
}

// "From: cooks-owner@..." above another such line, "On Tuesday cooks-owner@... wrote:": no mere mention of an address.
bool begins_ours(const std::vector<Line>& lines, std::size_t at, std::string_view our_host) {
  return introduces_us(lines, at, our_host) &&
         (ends_with_colon(lines[at].text) || begins_block(lines, at, kMinLabels - 1));
}

// Whether a letter of ours is quoted from here on: what else stands below a line of dashes, or has three lines like
// header fields, is the writer's.
bool stands_below(const std::vector<Line>& lines, std::size_t at, std::string_view our_host) {
  const std::size_t end = std::min(lines.size(), at + kMaxHeadLines);
  return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](const Line& line) { return names(line.text, our_host); });
}

// "mona@example.org", "Mail: mona@example.org"
bool is_address_line(std::string_view line, std::string_view address) {
  return names(line, address) && split_words(line).size() <= 3;
}

// A year of this century, or a time of day.
bool has_date(std::string_view line) {
  for (std::size_t i = 0; i + 3 < line.size(); ++i) {
    const bool is_year = line.substr(i, 2) == "20" && is_digit(line[i + 2]) && is_digit(line[i + 3]);
    const bool is_time = is_digit(line[i]) && line[i + 1] == ':' && is_digit(line[i + 2]) && is_digit(line[i + 3]);
    if (is_year || is_time) return true;
  }
  return false;
}

// Takes the line that introduces a quotation from the end of what stands above it; where it was wrapped, both: "On Tue,
// Nov 24, 2026 at 10:00 AM" and "<cooks-owner@...> wrote:".
void drop_introduction(std::vector<std::string>& words) {
  while (!words.empty() && words.back().empty()) words.pop_back();
  if (words.empty() || !ends_with_colon(words.back())) return;
  const std::size_t most = std::min(words.size(), kMaxIntroductionLines);
  for (std::size_t count = 1; count <= most && !words[words.size() - count].empty(); ++count) {
    if (!has_date(words[words.size() - count])) continue;
    words.resize(words.size() - count);
    return;
  }
  if (words.back().find('@') != std::string::npos) words.pop_back();
}

// "iPhone", "iPhonesta", "Outlook<https://aka.ms/o0ukef>": a name, with a capital as its makers write it. A list may be
// called "android-users".
bool begins_with_device(std::string_view word) {
  return std::any_of(kDevices.begin(), kDevices.end(), [&](std::string_view device) {
    const std::string_view name = word.substr(0, device.size());
    return equals_ignoring_case(name, device) && name != device;
  });
}

// "Sent from my iPhone", "Obtenez Outlook pour iOS". A token may have any letters in it.
bool is_of_device(std::string_view line) {
  const std::vector<std::string_view> words = split_words(line);
  return words.size() <= kMaxDeviceWords && std::none_of(words.begin(), words.end(), is_secret) &&
         std::any_of(words.begin(), words.end(), begins_with_device);
}

void drop_device(std::vector<std::string>& words) {
  while (!words.empty() && words.back().empty()) words.pop_back();
  const bool stands_alone = words.size() == 1 || (words.size() > 1 && words[words.size() - 2].empty());
  if (stands_alone && is_of_device(words.back())) words.pop_back();
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& line : words) text += line + "\n";
  return text;
}

}  // namespace

std::string own_words(std::string_view text, std::string_view our_domain) {
  const std::vector<Line> lines = lines_of(text.substr(0, kMaxCommandOctets));
  const std::string our_host = "@" + std::string(our_domain);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i].text;
    if (is_quoted(line)) continue;
    if (ends_words(lines, i)) break;
    words.push_back(line);
    if (introduces_us(lines, i, our_host)) break;
  }
  return joined(words);
}

std::string words_for_others(std::string_view text, std::string_view our_domain, std::string_view writer) {
  const std::vector<Line> lines = lines_of(text.substr(0, kMaxCommandOctets));
  const std::string our_host = "@" + std::string(our_domain);
  std::vector<std::string> words;
  bool is_in_quotation = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i].text;
    const bool was_in_quotation = std::exchange(is_in_quotation, is_quoted(line));
    const bool is_quotation = ends_words(lines, i) &&
                              (lines[i].ends_text || is_marked_rule(lines[i].text) || stands_below(lines, i, our_host));
    const bool ends = !is_in_quotation && (is_quotation || begins_ours(lines, i, our_host));
    if (ends && ends_with_colon(line)) words.push_back(line);
    if (ends || (is_in_quotation && !was_in_quotation)) drop_introduction(words);
    if (ends) break;
    if (!is_in_quotation) words.push_back(line);
  }
  std::erase_if(words, [&](const std::string& line) { return !writer.empty() && is_address_line(line, writer); });
  drop_device(words);
  return joined(words);
}

}  // namespace majlis::commands
