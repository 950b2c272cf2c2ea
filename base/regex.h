#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace majlis {

// An owner's pattern (Perl syntax), bounded in time and memory: Boost.Regex with a small state count, every look at an
// octet counted, texts cut at 1,000 octets a line.
class Pattern {
 public:
  enum class Answer {
    matches,
    does_not_match,
    cannot_tell,  // too complex for the bound: the caller fails safe (holds) and tells the owner
  };

  static constexpr std::size_t kMaxPatternOctets = 1000;
  static constexpr std::size_t kMaxTextOctets = 1000;

  // "/pattern/flags" or "m<delimiter>pattern<delimiter>flags", flags of g i m o s x; else refused, with a phrase.
  static Result<Pattern> parse(std::string_view text);

  // Looks at octets that one search may take, whatever the pattern: some 20 ms.
  static constexpr std::uint64_t kMaxSteps = 4'000'000;

  // `steps_left`, when given, bounds many searches together and is lowered by what this one took; cannot_tell when it
  // does not reach.
  Answer search(std::string_view line, std::uint64_t* steps_left = nullptr) const;
  const std::string& text() const { return text_; }  // as written
  std::string_view expression() const { return std::string_view(text_).substr(expression_at_, expression_octets_); }

 private:
  struct Compiled;
  std::string text_;
  std::size_t expression_at_ = 0;  // in text_
  std::size_t expression_octets_ = 0;
  std::shared_ptr<const Compiled> compiled_;  // none: matches everything
};

}  // namespace majlis
