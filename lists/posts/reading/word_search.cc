#include "lists/posts/reading/word_search.h"

#include <vector>

#include "auth/password.h"
#include "mail/coding/decode.h"
#include "mail/part_text.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxTestedText = 1024 * 1024;  // of one part
// Of a stretch with more marks than that only the whole and the pieces between two marks are asked about.
constexpr std::size_t kMaxMarks = 12;

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

  void look_at(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size() && !is_over(); ++at) {
      if (at < text.size() && is_visible(text[at])) continue;
      if (at - begin >= auth::kMinPasswordOctets) look_at_stretch(text.substr(begin, at - begin));
      begin = at + 1;
    }
  }

  bool is_found() const { return is_found_; }

 private:
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
    const bool has_few_marks = begins.size() <= kMaxMarks + 1;
    for (std::size_t first = 0; first < begins.size(); ++first) {
      for (std::size_t last = first; last < (has_few_marks ? ends.size() : first + 1); ++last) {
        if (ends[last] > begins[first]) ask(stretch.substr(begins[first], ends[last] - begins[first]));
      }
    }
  }

  const std::function<bool(std::string_view)>& is_it_;
  std::size_t tried_ = 0;
  bool is_found_ = false;
};

void look_at_part(const mail::Message& message, const mail::Part& part, Search& search) {
  for (const mail::Field& field : part.fields) {
    const std::string_view written = message.bytes().substr(field.begin, field.end - field.begin);
    search.look_at(written);
    search.look_at(mail::decode_words(written));
  }
  for (const std::string& name : part.file_names) search.look_at(name);
  if (!part.type.starts_with("text/")) return;
  const std::string text = mail::text_of(message.bytes(), part).substr(0, kMaxTestedText);
  search.look_at(text);
  if (part.type == "text/html") search.look_at(mail::html_to_text(text));
}

}  // namespace

bool has_word(const mail::Message& message, const std::function<bool(std::string_view word)>& is_it) {
  Search search(is_it);
  for (const mail::Part& part : message.scan().parts) {
    if (!search.is_found()) look_at_part(message, part, search);
  }
  return search.is_found();
}

bool has_word(std::string_view text, const std::function<bool(std::string_view word)>& is_it) {
  Search search(is_it);
  search.look_at(text);
  return search.is_found();
}

}  // namespace majlis::lists
