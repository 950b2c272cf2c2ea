#include "lists/posts/reading/word_search.h"

#include <algorithm>
#include <vector>

#include "auth/password.h"
#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/part_text.h"
#include "mail/scan/content_field.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxTestedText = 1024 * 1024;  // of one part
constexpr std::size_t kMaxMarks = 12;                // within a piece
constexpr std::size_t kLookedAtForText = 4096;       // of a part of another type than text

bool is_visible(char c) { return c > ' ' && c <= '~'; }
bool is_mark(char c) {
  return is_visible(c) && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z');
}
bool may_be_password(std::size_t octets) {
  return octets >= auth::kMinPasswordOctets && octets <= auth::kMaxPasswordOctets;
}

class Search {
 public:
  explicit Search(const std::function<bool(std::string_view)>& is_it) : is_it_(is_it) {}

  // As it stands, without what nobody sees, and with the escapes of an address undone
  // ("mailto:...?body=approve%20PASSWORD").
  void look_at(std::string_view text) {
    look_at_words(text);
    if (has_hidden(text) && !is_over()) look_at_words(with_plain_blanks(text));
    if (text.find('%') != std::string_view::npos && !is_over()) look_at_words(mail::decode_percent(text));
  }

  bool is_found() const { return is_found_; }

 private:
  void look_at_words(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size() && !is_over(); ++at) {
      if (at < text.size() && is_visible(text[at])) continue;
      if (at - begin >= auth::kMinPasswordOctets) look_at_stretch(text.substr(begin, at - begin));
      begin = at + 1;
    }
  }

  bool is_over() const { return is_found_ || tried_ == kMaxWordsTried; }

  void ask(std::string_view word) {
    if (!may_be_password(word.size()) || is_over()) return;
    ++tried_;
    is_found_ = is_it_(word);
  }

  void look_at_stretch(std::string_view stretch) {
    std::vector<std::size_t> begins = {0};
    std::vector<std::size_t> ends;
    for (std::size_t at = 0; at < stretch.size(); ++at) {
      if (!is_mark(stretch[at])) continue;
      ends.push_back(at);
      begins.push_back(at + 1);
    }
    ends.push_back(stretch.size());
    ask(stretch);
    for (std::size_t first = 0; first < begins.size() && !is_over(); ++first) {
      const std::size_t behind_last = std::min(ends.size(), first + kMaxMarks + 1);
      for (std::size_t last = first; last < behind_last; ++last) {
        if (ends[last] > begins[first]) ask(stretch.substr(begins[first], ends[last] - begins[first]));
      }
    }
  }

  const std::function<bool(std::string_view)>& is_it_;
  std::size_t tried_ = 0;
  bool is_found_ = false;
};

// JSON, XML, a message in base64: whatever is sent under a type of its own and can be read all the same.
bool looks_like_text(const mail::Message& message, const mail::Part& part) {
  const std::string_view body = message.bytes().substr(part.body_begin, part.body_end - part.body_begin);
  const std::string begin = mail::decode_transfer(body.substr(0, kLookedAtForText), part.encoding);
  return std::none_of(begin.begin(), begin.end(),
                      [](char c) { return c >= 0 && c < ' ' && !is_blank(c) && c != '\r' && c != '\n'; });
}

void look_at_part(const mail::Message& message, const mail::Part& part, Search& search) {
  for (const mail::Field& field : part.fields) {
    const std::string_view written = message.bytes().substr(field.begin, field.end - field.begin);
    search.look_at(written);
    search.look_at(mail::decode_words(written));
  }
  for (const std::string& name : part.file_names) search.look_at(name);
  if (part.is_multipart()) return;
  const bool is_text = part.type.starts_with("text/");
  if (!is_text && !looks_like_text(message, part)) return;
  const std::string text = mail::text_of(message.bytes(), part).substr(0, kMaxTestedText);
  search.look_at(text);
  if (part.type == "text/html") search.look_at(mail::html_to_text(text));
}

// What stands before the first and behind the last of the parts of a multipart.
void look_around_parts(const mail::Message& message, Search& search) {
  const std::vector<mail::Part>& parts = message.scan().parts;
  struct Inside {
    std::size_t begin;
    std::size_t end;
  };
  std::vector<Inside> inside;
  for (const mail::Part& part : parts) {
    inside.push_back({part.body_end, part.body_begin});
    if (part.parent < 0) continue;
    Inside& of_parent = inside[static_cast<std::size_t>(part.parent)];
    of_parent.begin = std::min(of_parent.begin, part.header_begin);
    of_parent.end = std::max(of_parent.end, part.body_end);
  }
  const auto look_at = [&](std::size_t begin, std::size_t end) {
    if (begin < end) search.look_at(message.bytes().substr(begin, std::min(end - begin, kMaxTestedText)));
  };
  for (std::size_t i = 0; i < parts.size() && !search.is_found(); ++i) {
    if (!parts[i].is_multipart()) continue;
    look_at(parts[i].body_begin, inside[i].begin);
    look_at(inside[i].end, parts[i].body_end);
  }
}

}  // namespace

bool has_word(const mail::Message& message, const std::function<bool(std::string_view word)>& is_it) {
  Search search(is_it);
  for (const mail::Part& part : message.scan().parts) {
    if (!search.is_found()) look_at_part(message, part, search);
  }
  if (!search.is_found()) look_around_parts(message, search);
  return search.is_found();
}

bool has_word(std::string_view text, const std::function<bool(std::string_view word)>& is_it) {
  Search search(is_it);
  search.look_at(text);
  return search.is_found();
}

}  // namespace majlis::lists
