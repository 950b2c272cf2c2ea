#include "commands/reading/reply_subject.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/digit.h"
#include "base/text.h"
#include "base/unicode.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxPieces = 20;  // "Re: [EXT] AW: ..." of one Subject
constexpr std::size_t kMaxPrefixOctets = 24;
constexpr std::size_t kMaxTagOctets = 40;
constexpr std::string_view kWideColon = "\xEF\xBC\x9A";

// What mail programs put in front of the Subject that is answered or sent on, in lower case as far as it is ASCII.
constexpr std::array<std::string_view, 66> kPrefixes = {
    "re",    "aw",        "antw",    "antwort", "antwoord", "sv",    "svar", "vs",    "vastaus", "vast",  "odp",
    "odpow", "odpowiedź", "odpověď", "odpoveď", "odg",      "ref",   "réf",  "rÉf",   "ré",      "rÉ",    "rép",
    "rÉp",   "réponse",   "rif",     "r",       "res",      "resp",  "bls",  "balas", "ynt",     "yanıt", "cevap",
    "vá",    "vÁ",        "válasz",  "απ",      "ΑΠ",       "σχετ",  "ΣΧΕΤ", "ats",   "atb",     "отв",   "Отв",
    "ответ", "Ответ",     "на",      "На",      "НА",       "відп",  "Відп", "回复",  "回覆",    "答复",  "答覆",
    "返信",  "回信",      "답장",    "회신",    "رد",       "תשובה", "השב",  "tr",    "fw",      "fwd",   "wg",
};

// What begins the words of a gateway's mark: "[EXTERNAL]", "Extern:", "***SPAM***".
constexpr std::array<std::string_view, 14> kMarks = {"ext",     "ester", "spam",    "suspect", "suspicious",
                                                     "caution", "warn",  "achtung", "unverif", "untrust",
                                                     "outside", "junk",  "bulk",    "外部"};

struct Bracket {
  std::string_view open, close;
};
constexpr std::array kBrackets = {Bracket{"[", "]"}, Bracket{"(", ")"}, Bracket{"{", "}"}, Bracket{"***", "***"}};

// One piece in front of a Subject.
struct Piece {
  std::string_view inside;
  std::size_t octets = 0;
};

std::optional<Piece> read_tag(std::string_view subject) {
  for (const Bracket& bracket : kBrackets) {
    if (!subject.starts_with(bracket.open)) continue;
    const std::size_t close = subject.find(bracket.close, bracket.open.size());
    if (close == std::string_view::npos || close > kMaxTagOctets) continue;
    return Piece{trim(subject.substr(bracket.open.size(), close - bracket.open.size())), close + bracket.close.size()};
  }
  return std::nullopt;
}

std::optional<Piece> read_before_colon(std::string_view subject) {
  const std::size_t plain = subject.find(':');
  const std::size_t wide = subject.find(kWideColon);
  const std::size_t colon = std::min(plain, wide);
  if (colon == std::string_view::npos || colon > kMaxPrefixOctets) return std::nullopt;
  return Piece{trim(subject.substr(0, colon)), colon + (plain < wide ? 1 : kWideColon.size())};
}

// "Ticket#12", "#12", "ABC-12345"
bool is_number(std::string_view words) {
  constexpr std::ptrdiff_t kMinDigits = 4;
  const std::ptrdiff_t digits = std::count_if(words.begin(), words.end(), is_digit);
  return digits >= kMinDigits || (digits > 0 && words.find('#') != std::string_view::npos);
}

bool is_mark(std::string_view words) {
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return starts_with_ignoring_case(words, mark); });
}

// "Re[2]", "Re(3)", "Re^4", "RE 2", "Ref."
bool is_prefix(std::string_view word) {
  constexpr std::string_view kCounter = "[](){}^*#.-0123456789 ";
  word = word.substr(0, word.find_last_not_of(kCounter) + 1);
  const std::string plain = to_lower_ascii(word);
  return std::find(kPrefixes.begin(), kPrefixes.end(), plain) != kPrefixes.end();
}

std::string without_blanks(std::string_view text) {
  std::string result = to_lower_ascii(with_plain_blanks(text));
  std::erase_if(result, is_blank);
  return result;
}

}  // namespace

ReplySubject read_reply_subject(std::string_view subject) {
  const std::string plain = with_plain_blanks(subject);
  std::string_view rest = trim(plain);
  ReplySubject read;
  for (std::size_t pieces = 0; pieces < kMaxPieces; ++pieces) {
    const bool is_reply = !read.answered.empty();
    std::optional<Piece> piece = read_tag(rest);
    if (piece) {
      read.has_number = read.has_number || is_number(piece->inside);
      // In front of "Re:" a program on the writer's side put it, behind it one on the reader's.
      if (is_number(piece->inside) || !(is_reply || is_mark(piece->inside))) break;
    } else {
      piece = read_before_colon(rest);
      if (!piece || !(is_prefix(piece->inside) || is_mark(piece->inside))) break;
    }
    rest = trim(rest.substr(piece->octets));
    if (is_reply || is_prefix(piece->inside)) read.answered.emplace_back(rest);
  }
  return read;
}

bool answers(const ReplySubject& reply, std::string_view original) {
  const std::string wanted = without_blanks(original);
  return std::any_of(reply.answered.begin(), reply.answered.end(),
                     [&](const std::string& answered) { return without_blanks(answered) == wanted; });
}

}  // namespace majlis::commands
