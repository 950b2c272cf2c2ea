#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "foreign/python/value.h"

namespace majlis::foreign {

// How strings are written in a file.
struct LiteralForm {
  std::string_view charset = {};  // of octets in u''
  // As config_list of Mailman 2.1 writes them: in """ """, and in " " on one line where there are octets beyond ASCII,
  // only quotes are escaped, and a backslash is a backslash.
  bool quotes_only = false;
};

inline constexpr std::size_t kMaxLiteralDepth = 32;

// Reads literals of Python from the front of a text: numbers, True, False, None, strings in all their quotes and
// prefixes (those that stand beside each other are one), lists, tuples, dicts, and the names mm_cfg.DEFER, REJECT,
// DISCARD, ACCEPT, HOLD. Comments and line ends between values of a list are skipped. Nothing is evaluated.
class LiteralReader {
 public:
  LiteralReader(std::string_view text, LiteralForm form, PythonStorage& storage)
      : text_(text), form_(form), storage_(storage) {}

  // The value at the front, behind blanks. Error (refused): the sentence says what does not belong there.
  Result<PythonValue> read();

  // How many octets have been read, those of a value that is refused up to what is wrong in it.
  std::size_t at() const { return at_; }
  void skip(std::size_t octets) { at_ += octets; }  // no more than are left
  void skip_blanks();
  void skip_comment();    // to the end of its line; where none begins, nothing
  void skip_statement();  // to the end of a line that is in no string

 private:
  std::string_view rest() const { return text_.substr(at_); }
  bool take(std::string_view word);
  void skip_space();
  Result<PythonValue> read_number();
  Result<PythonValue> read_word();
  Result<PythonValue> read_string();
  Result<PythonValue> read_one_string();
  Result<PythonValue> read_items(PythonKind kind, char close);
  std::size_t closing_quote(std::string_view quote, bool quotes_only);

  std::string_view text_;
  LiteralForm form_;
  PythonStorage& storage_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  // Of triple quotes, single ones and then double ones, read as Python and then with quotes only: one of these that was
  // open did not end.
  std::array<std::array<bool, 2>, 2> endless_ = {};
};

}  // namespace majlis::foreign
