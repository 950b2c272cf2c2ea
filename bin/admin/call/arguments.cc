#include "bin/admin/call/arguments.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"

namespace majlis::bin::admin {
namespace {

Error refused(std::string_view option, std::string_view why) {
  return {ErrorKind::refused, "--" + printable(option, 80) + ": " + std::string(why)};
}

}  // namespace

Result<Arguments> Arguments::parse(std::span<const std::string> words, std::span<const Option> options) {
  Arguments parsed;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--") {
      parsed.words_.insert(parsed.words_.end(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      break;
    }
    if (word.size() < 2 || word.front() != '-') {
      parsed.words_.emplace_back(word);
      continue;
    }
    if (!word.starts_with("--")) return Error{ErrorKind::refused, printable(word, 80) + ": no such option"};
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(2, equals == std::string_view::npos ? equals : equals - 2);
    const auto option = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
    if (option == options.end()) return refused(name, "no such option here");
    std::vector<std::string>& values = parsed.options_[std::string(name)];
    const bool has_value = equals != std::string_view::npos;
    if (option->takes == Takes::nothing) {
      if (has_value) return refused(name, "takes no value");
    } else if (has_value) {
      values.emplace_back(word.substr(equals + 1));
    } else if (i + 1 < words.size()) {
      values.push_back(words[++i]);
    } else {
      return refused(name, "needs a value");
    }
  }
  return parsed;
}

std::string Arguments::value(std::string_view option) const {
  const auto found = options_.find(option);
  return found == options_.end() || found->second.empty() ? std::string() : found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const auto found = options_.find(option);
  return found == options_.end() ? std::vector<std::string>() : found->second;
}

std::vector<std::string> Arguments::option_names() const {
  std::vector<std::string> names;
  for (const auto& [name, values] : options_) names.push_back(name);
  return names;
}

std::string Arguments::take_word(std::size_t at) {
  assert(at < words_.size());
  std::string word = std::move(words_[at]);
  words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(at));
  return word;
}

}  // namespace majlis::bin::admin
