#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// One parameter as it is written: name*SECTION*=value (RFC 2231 4).
struct Parameter {
  std::string name;       // lower case, without section and stars
  std::string value;      // quotes, escapes and comments undone
  std::string raw;        // everything behind the '=', trimmed
  int section = -1;       // number of the continuation, -1 when it is none
  bool extended = false;  // percent-encoded, the first with charset'language'
};

// A Content-Type or Content-Disposition field body, taken apart (RFC 2045 5.1, RFC 2183).
struct ContentField {
  std::string value;          // lower case, comments and blanks removed: "text/plain", "attachment"
  bool is_irregular = false;  // a comment or a blank inside the value
  bool is_cut = false;        // more parameters than allowed; the rest was not read
  std::vector<Parameter> parameters;
};

// Line ends removed; `fold_blanks` tells whether the blanks that follow one go as well.
enum class FoldBlanks { keep, drop };
std::string unfold(std::string_view body, FoldBlanks fold_blanks = FoldBlanks::keep);

// Any text parses. `text` is unfolded.
ContentField parse_content_field(std::string_view text, std::size_t max_parameters);

// The value of a parameter as the RFCs read it: continuations joined by number, extended ones decoded to UTF-8; the
// first when there are several.
std::optional<std::string> parameter_value(const ContentField& field, std::string_view name);

// True when a reader could choose between two values for one parameter: given twice, in plain and in extended form, or
// a second one for readers that know neither quotes nor comments.
bool has_repeated_parameter(const ContentField& field, std::string_view text);

std::string decode_percent(std::string_view text);

// charset'language'value, percent-encoded, to UTF-8. Missing apostrophes: all of it is the value.
std::string decode_extended(std::string_view text);

}  // namespace majlis::mail
