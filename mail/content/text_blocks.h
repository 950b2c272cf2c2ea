#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// A file that stands in a text, as it was done before MIME.
struct TextBlock {
  enum class Form { uuencode, base64, yenc, binhex };
  Form form = Form::uuencode;
  std::size_t begin = 0;    // of its first line
  std::size_t end = 0;      // behind its last line, line end included
  std::string name = {};    // as it is written; of BinHex ""
  std::string octets = {};  // decoded; of BinHex none: it is not opened
};

constexpr std::size_t kMaxTextBlocks = 100;

// The uuencoded files (also in base64: POSIX uuencode -m), yEnc and BinHex 4.0 blocks of a text whose transfer encoding
// is undone, in order, at most kMaxTextBlocks: the last one goes to the end of the text where there are more. A line
// "begin 644 NAME" alone, in prose, is none.
std::vector<TextBlock> find_text_blocks(std::string_view text);

}  // namespace majlis::mail
