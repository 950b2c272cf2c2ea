#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/scan/content_field.h"

namespace majlis::mail {

// Every file name that any reader could make of a part, without doubles: under strict and careless quoting, with RFC
// 2231 continuations joined by number and by appearance, percent-decoded or not, RFC 2047 decoded, cut at NUL, and with
// folds closed up. A policy decides on all of them.
class FileNames {
 public:
  // Beyond this nothing is collected and is_full() says so.
  static constexpr std::size_t kMaxNames = 200;

  // `field_body` of a Content-Type or Content-Disposition field, folds kept; `field` is what it parsed to.
  void collect(std::string_view field_body, const ContentField& field);
  bool is_full() const { return names_.size() >= kMaxNames; }
  std::vector<std::string> take() { return std::move(names_); }

 private:
  void add(std::string_view name);
  void add_readings(std::string_view name);
  void add_strict(const ContentField& field);
  void add_joined(const ContentField& field, std::string_view name);
  void add_careless(std::string_view text, std::size_t max_pieces);
  std::vector<std::string> names_;
};

}  // namespace majlis::mail
