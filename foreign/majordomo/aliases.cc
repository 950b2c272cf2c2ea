#include "foreign/majordomo/aliases.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"

namespace majlis::foreign {
namespace {

constexpr std::size_t kMaxAliases = 100'000;
constexpr std::size_t kMaxTargets = 1'000;
constexpr std::string_view kFlags = "ARs";  // resend's options without a value

std::string_view without_quotes(std::string_view text) {
  const bool is_quoted = text.size() > 1 && text.front() == '"' && text.back() == '"';
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

// At commas outside quotes.
std::vector<std::string> targets_in(std::string_view text) {
  std::vector<std::string> targets;
  bool is_quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size() && targets.size() < kMaxTargets; ++i) {
    if (i < text.size() && text[i] == '"') is_quoted = !is_quoted;
    if (i < text.size() && (text[i] != ',' || is_quoted)) continue;
    const std::string_view target = without_quotes(trim(text.substr(begin, i - begin)));
    if (!target.empty()) targets.emplace_back(target);
    begin = i + 1;
  }
  return targets;
}

// The words behind a program's name in "|/path/wrapper NAME words"; empty where it is not called.
std::vector<std::string_view> words_of_call(std::string_view target, std::string_view program) {
  if (!target.starts_with('|')) return {};
  std::vector<std::string_view> words = split_words(target.substr(1));
  const auto called = std::find_if(words.begin(), words.end(), [&](std::string_view word) {
    return word == program || word.ends_with("/" + std::string(program));
  });
  words.erase(words.begin(), called == words.end() ? words.end() : called + 1);
  return words;
}

}  // namespace

void Aliases::add(std::string_view text) {
  std::string entry;
  const auto finish = [&] {
    const std::size_t colon = entry.find(':');
    const bool has_room = targets_.size() < kMaxAliases;
    if (colon != std::string::npos && has_room) {
      const std::string name = to_lower_ascii(without_quotes(trim(std::string_view(entry).substr(0, colon))));
      targets_.emplace(name, targets_in(std::string_view(entry).substr(colon + 1)));
    }
    entry.clear();
  };
  while (const auto line = next_line(text)) {
    if (trim(*line).empty() || trim(*line).front() == '#') continue;
    if (!is_blank(line->front())) finish();
    entry.append(" ").append(*line);
  }
  finish();
}

std::vector<std::string> Aliases::addresses_behind(std::string_view name, std::string_view domain) const {
  std::vector<std::string> found;
  std::set<std::string> asked;
  std::vector<std::string> open{to_lower_ascii(name)};
  while (!open.empty() && found.size() < kMaxTargets) {
    const std::string next = std::move(open.back());
    open.pop_back();
    if (!asked.insert(next).second) continue;
    const auto alias = targets_.find(next);
    if (alias == targets_.end()) continue;
    for (const std::string& target : alias->second) {
      const bool is_person = target.front() != '|' && target.front() != '/' && target.front() != ':';
      const bool has_domain = target.find('@') != std::string::npos;
      if (is_person && has_domain) {
        found.push_back(target);
      } else if (is_person && has(to_lower_ascii(target))) {
        open.push_back(to_lower_ascii(target));
      } else if (is_person && !domain.empty()) {
        found.push_back(target + "@" + std::string(domain));
      }
    }
  }
  return found;
}

std::vector<ResendCall> resend_calls(const Aliases& aliases) {
  std::vector<ResendCall> calls;
  for (const auto& [name, targets] : aliases.all()) {
    for (const std::string& target : targets) {
      const std::vector<std::string_view> words = words_of_call(target, "resend");
      ResendCall call;
      for (std::size_t i = 0; i < words.size(); ++i) {
        const bool is_option = words[i].size() == 2 && words[i].front() == '-';
        if (!is_option) continue;
        const bool has_value = kFlags.find(words[i][1]) == std::string_view::npos && i + 1 < words.size();
        const std::string option(words[i]);
        const std::string value(has_value ? words[++i] : std::string_view());
        if (option == "-l") {
          call.list = to_lower_ascii(value);
        } else if (option == "-h") {
          call.host = value;
        } else {
          call.options.emplace_back(option, value);
        }
      }
      if (!call.list.empty()) calls.push_back(std::move(call));
    }
  }
  return calls;
}

std::string archive_place(const Aliases& aliases, std::string_view list) {
  const auto alias = aliases.all().find(to_lower_ascii(list) + "-archive");
  if (alias == aliases.all().end()) return {};
  for (const std::string& target : alias->second) {
    if (target.starts_with('/')) return target;
    const std::vector<std::string_view> words = words_of_call(target, "archive2.pl");
    const auto base = std::find(words.begin(), words.end(), "-f");
    if (base != words.end() && base + 1 != words.end()) return std::string(base[1]);
  }
  return {};
}

}  // namespace majlis::foreign
