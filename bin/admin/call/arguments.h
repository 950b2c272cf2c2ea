#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace majlis::bin::admin {

enum class Takes { nothing, value };

struct Option {
  std::string_view name;  // without the dashes
  Takes takes;
};

// The words behind a command, sorted into options and the rest. Pure.
class Arguments {
 public:
  Arguments() = default;

  // Options stand anywhere, "--name value" or "--name=value"; "--" ends them; "-" alone is a word. refused, in words
  // for the person who typed it: an option that is none of `options`, a value that is missing or not wanted.
  static Result<Arguments> parse(std::span<const std::string> words, std::span<const Option> options);

  bool has(std::string_view option) const { return options_.contains(option); }
  // The last one given, "" when there is none.
  std::string value(std::string_view option) const;
  std::vector<std::string> values(std::string_view option) const;
  std::vector<std::string> option_names() const;

  const std::vector<std::string>& words() const { return words_; }
  // Takes one word out; it must be there.
  std::string take_word(std::size_t at);
  void put_in_front(std::string word) { words_.insert(words_.begin(), std::move(word)); }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> options_;
  std::vector<std::string> words_;
};

}  // namespace majlis::bin::admin
