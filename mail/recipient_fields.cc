#include "mail/recipient_fields.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::mail {
namespace {

class Splitter {
 public:
  Splitter(std::string_view body, std::size_t max) : body_(body), max_(max) {}

  std::vector<std::string> split() {
    while (at_ < body_.size() && found_.size() < max_) take(body_[at_]);
    end_piece();
    return std::move(found_);
  }

 private:
  void take(char c) {
    switch (c) {
      case '"': return take_quoted();
      case '(': return skip_comment();
      case '<':
        piece_.clear();  // what stands in front is a name
        is_in_angles_ = true;
        break;
      case '>': is_in_angles_ = false; break;
      case ',':
      case ':':
      case ';':
        if (is_in_angles_) break;  // a route
        end_piece();
        break;
      default:
        if (is_in_angles_ || !has_angles_) piece_ += c;
        break;
    }
    if (c == '>') has_angles_ = true;
    ++at_;
  }

  void take_quoted() {
    const std::size_t begin = at_++;
    while (at_ < body_.size() && body_[at_] != '"') at_ += body_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, body_.size());
    if (!has_angles_) piece_ += body_.substr(begin, at_ - begin);
  }

  void skip_comment() {
    std::size_t depth = 0;
    while (at_ < body_.size()) {
      const char c = body_[at_];
      at_ += c == '\\' ? 2 : 1;
      if (c == '(') ++depth;
      if (c == ')' && --depth == 0) return;
    }
    at_ = std::min(at_, body_.size());
  }

  void end_piece() {
    const std::string_view address = trim(piece_);
    if (address.find('@') != std::string_view::npos && found_.size() < max_) found_.emplace_back(address);
    piece_.clear();
    is_in_angles_ = false;
    has_angles_ = false;
  }

  std::string_view body_;
  std::size_t max_;
  std::size_t at_ = 0;
  std::vector<std::string> found_;
  std::string piece_;
  bool is_in_angles_ = false;
  bool has_angles_ = false;  // the piece had them: what stands behind is a mistake
};

}  // namespace

std::vector<std::string> addresses_named_in(std::string_view field_body, std::size_t max) {
  return Splitter(field_body, max).split();
}

}  // namespace majlis::mail
