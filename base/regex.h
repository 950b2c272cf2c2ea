#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace majlis {

// An owner's pattern (Perl syntax), bounded in time and memory: Boost.Regex with a small state count, texts cut at
// 1,000 octets a line.
class Pattern {
 public:
  enum class Answer {
    matches,
    does_not_match,
    cannot_tell,  // too complex for the bound: the caller fails safe (holds) and tells the owner
  };

  static constexpr std::size_t kMaxPatternOctets = 1000;
  static constexpr std::size_t kMaxTextOctets = 1000;

  // "/pattern/flags" or "m<delimiter>pattern<delimiter>flags", flags of g i m o s x; refused with the reason otherwise.
  static Result<Pattern> parse(std::string_view text);

  Answer search(std::string_view line) const;
  const std::string& text() const { return text_; }  // as written

 private:
  struct Compiled;
  std::string text_;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace majlis
