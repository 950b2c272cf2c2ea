#include "foreign/source/mbox_source.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "mail/date_field.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kFrom = "From ";
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::string_view kDays = "MonTueWedThuFriSatSun";

bool is_one_of(std::string_view word, std::string_view names) {
  const std::size_t at = names.find(word.substr(0, std::min<std::size_t>(3, word.size())));
  return word.size() == 3 && at != std::string_view::npos && at % 3 == 0;
}

bool is_time(std::string_view word) {
  return word.size() >= 5 && word[2] == ':' && parse_number(word.substr(0, 2)) && parse_number(word.substr(3, 2));
}

bool is_between(std::string_view word, std::uint64_t least, std::uint64_t most) {
  const auto number = parse_number(word);
  return number && *number >= least && *number <= most;
}

bool is_year(std::string_view word) { return word.size() == 4 && is_between(word, 1900, 9999); }

bool is_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c > ' ' && c < '\x7F'; });
}

bool is_before_the_epoch(std::string_view year) { return is_between(year, 1900, 1969); }

// One '>' is taken from what an mbox writer escaped.
std::string_view unescaped(std::string_view line) {
  const std::size_t first = line.find_first_not_of('>');
  const bool is_escaped = first != 0 && first != std::string_view::npos && line.substr(first).starts_with(kFrom);
  return is_escaped ? line.substr(1) : line;
}

class MboxSource : public PostReader {
 public:
  explicit MboxSource(LineFile file) : file_(std::move(file)) {}

  Result<std::optional<OldPost>> next() override {
    if (!has_begun_) {
      Status begun = find_first();
      if (!begun) return begun.error();
    }
    if (!envelope_) return std::optional<OldPost>();
    OldPost post{.message = "", .sender = envelope_->sender, .received = envelope_->received};
    add_line(post, first_line_);
    envelope_.reset();
    Status read = read_post(post);
    if (!read) return read.error();
    if (post.message.ends_with("\n\n")) post.message.pop_back();
    return std::optional<OldPost>(std::move(post));
  }

 private:
  // What stands in front of the first post is no mail.
  Status find_first() {
    has_begun_ = true;
    OldPost nothing;
    return read_post(nothing);
  }

  // Up to the next envelope, which is kept with the line below it.
  Status read_post(OldPost& post) {
    bool is_behind_empty_line = post.message.empty();
    for (;;) {
      Result<std::optional<std::string_view>> line = file_.next();
      if (!line) return line.error();
      if (!*line) return {};
      const bool may_begin = is_behind_empty_line && (*line)->starts_with(kFrom);
      is_behind_empty_line = (*line)->empty();
      if (!may_begin) {
        if ((*line)->starts_with(kFrom)) ++post.repaired;
        add_line(post, unescaped(**line));
      } else if (Result<bool> begins = take_envelope(post, std::string(**line), is_behind_empty_line); !begins) {
        return begins.error();
      } else if (*begins) {
        return {};
      }
    }
  }

  // True: another post begins here; else the lines are text.
  Result<bool> take_envelope(OldPost& post, const std::string& line, bool& is_behind_empty_line) {
    std::optional<Envelope> envelope = read_envelope(line);
    if (!envelope) {
      ++post.repaired;
      add_line(post, unescaped(line));
      return false;
    }
    Result<std::optional<std::string_view>> below = file_.next();
    if (!below) return below.error();
    const bool is_header = *below && (is_field(**below) || (*below)->starts_with(">From "));
    if (is_header) {
      envelope_ = std::move(envelope);
      first_line_ = **below;
      return true;
    }
    ++post.repaired;
    add_line(post, unescaped(line));
    if (*below) add_line(post, unescaped(**below));
    is_behind_empty_line = *below && (*below)->empty();
    return false;
  }

  LineFile file_;
  bool has_begun_ = false;
  std::optional<Envelope> envelope_;  // of the post that comes next
  std::string first_line_;            // of it
};

}  // namespace

Result<std::unique_ptr<PostReader>> open_mbox(const std::string& path) {
  Result<LineFile> file = LineFile::open(path);
  if (!file) return file.error();
  return std::unique_ptr<PostReader>(std::make_unique<MboxSource>(std::move(*file)));
}

std::optional<Envelope> read_envelope(std::string_view line) {
  if (!line.starts_with(kFrom)) return std::nullopt;
  const std::vector<std::string_view> words = split_words(line.substr(kFrom.size()));
  const auto day =
      std::find_if(words.begin(), words.end(), [](std::string_view word) { return is_one_of(word, kDays); });
  if (words.end() - day < 5 || !is_one_of(day[1], kMonths) || !is_time(day[3])) return std::nullopt;
  const auto year = std::find_if(day + 4, words.end(), is_year);  // a zone may stand in front of it
  if (year == words.end()) return std::nullopt;
  Envelope envelope;
  for (auto word = words.begin(); word != day; ++word) envelope.sender += *word == "at" ? "@" : std::string(*word);
  const std::string date =
      std::string(day[2]) + " " + std::string(day[1]) + " " + std::string(*year) + " " + std::string(day[3]) + " +0000";
  const auto received = mail::parse_date_field(date);
  // A clock may have stood in a year that no time here has.
  if (!received && !(is_before_the_epoch(*year) && is_between(day[2], 1, 31))) return std::nullopt;
  envelope.received = received.value_or(0);
  return envelope;
}

}  // namespace majlis::foreign
