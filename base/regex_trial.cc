#include "base/regex_trial.h"

#include <algorithm>
#include <vector>

namespace majlis {
namespace {

constexpr std::size_t kMaxSampleOctets = 400;
constexpr std::size_t kMaxLoops = 64;
constexpr std::size_t kRepetitions = 40;  // 2^40 ways where every one may be read in two
constexpr std::size_t kMaxTextOctets = 900;
constexpr std::uint64_t kStepsOfOneTrial = 1'000'000;
constexpr char kFitsNowhere = '\x01';

// Where in the sample something may be repeated, and how much of it.
struct Loop {
  std::size_t begin = 0;
  std::size_t size = 0;
};

// One text that walks through a pattern: every branch of it one behind the other, every repetition once. It need not
// match; what stands in front of a loop and in it does so in most patterns people write.
class Sampler {
 public:
  explicit Sampler(std::string_view expression) : rest_(expression) {}

  void run() {
    while (!rest_.empty() && sample_.size() < kMaxSampleOctets && loops_.size() < kMaxLoops) take(next());
  }
  const std::string& sample() const { return sample_; }
  const std::vector<Loop>& loops() const { return loops_; }

 private:
  char next() {
    if (rest_.empty()) return '\0';
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool is_next(char c) const { return !rest_.empty() && rest_.front() == c; }

  void take(char c) {
    switch (c) {
      case '\\': return take_escape(next());
      case '[': return put(of_class());
      case '(': return open();
      case ')': return close();
      case '.': return put('x');
      case '{': skip_to('}'); [[fallthrough]];
      case '*':
      case '+': return repeat();
      case '|':
      case '^':
      case '$':
      case '?': return;
      default: put(c);
    }
  }

  void put(char c) {
    sample_ += c;
    last_ = {sample_.size() - 1, 1};
  }

  void take_escape(char c) {
    switch (c) {
      case 'd': return put('0');
      case 's': return put(' ');
      case 'w': return put('a');
      case 'D':
      case 'S':
      case 'W': return put('!');
      case 'n': return put('\n');
      case 't': return put('\t');
      case 'b':
      case 'B':
      case 'A':
      case 'z':
      case 'Z':
      case '\0': return;
      default:
        if (c < '1' || c > '9') put(c);  // a back reference brings nothing new
    }
  }

  void skip_to(char c) {
    while (!rest_.empty() && next() != c) {
    }
  }

  char of_class() {
    const bool negated = is_next('^');
    if (negated) next();
    const std::size_t end = std::min(rest_.find(']', 1), rest_.size());
    const std::string_view members = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (negated) {
      for (const char c : {'x', 'a', '0', ' ', '!'}) {
        if (members.find(c) == std::string_view::npos) return c;
      }
    }
    if (members.starts_with("[:")) return members.starts_with("[:digit") ? '0' : 'a';
    if (!members.starts_with('\\') || members.size() < 2) return members.empty() ? 'x' : members.front();
    return members[1] == 'd' ? '0' : members[1] == 's' ? ' ' : members[1] == 'w' ? 'a' : members[1];
  }

  void open() {
    open_.push_back(sample_.size());
    if (!is_next('?')) return;
    while (!rest_.empty() && rest_.front() != ')' && !is_end_of_options(next())) {
    }
  }
  static bool is_end_of_options(char c) { return c == ':' || c == '=' || c == '!' || c == '>'; }

  void close() {
    if (open_.empty()) return;
    last_ = {open_.back(), sample_.size() - open_.back()};
    open_.pop_back();
  }

  void repeat() {
    if (last_.size == 0) return;
    loops_.push_back(last_);
    if (last_.size > 1) loops_.push_back({last_.begin, 1});
  }

  std::string_view rest_;
  std::string sample_;
  Loop last_;  // what a quantifier would repeat
  std::vector<std::size_t> open_;
  std::vector<Loop> loops_;
};

}  // namespace

std::optional<std::string> find_hostile_text(const Pattern& pattern, std::uint64_t& steps_left) {
  Sampler sampler(pattern.expression());
  sampler.run();
  for (const Loop& loop : sampler.loops()) {
    std::string text = sampler.sample().substr(0, loop.begin);
    const std::string unit = sampler.sample().substr(loop.begin, loop.size);
    for (std::size_t i = 0; i < kRepetitions && text.size() + unit.size() < kMaxTextOctets; ++i) text += unit;
    text += kFitsNowhere;
    std::uint64_t steps = std::min(kStepsOfOneTrial, steps_left);
    const std::uint64_t granted = steps;
    const Pattern::Answer answer = pattern.search(text, &steps);
    steps_left -= granted - steps;
    if (answer == Pattern::Answer::cannot_tell) return granted < kStepsOfOneTrial ? std::string() : text;
  }
  return std::nullopt;
}

}  // namespace majlis
