#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace majlis::lists {

// What Majordomo's $LIST, $SENDER and $VERSION stand for in one post.
struct PostTokens {
  std::string list;                                                 // the bare name
  std::string sender;                                               // one line of UTF-8
  std::string version;                                              // of Majlis
  std::vector<std::pair<std::string_view, std::string>> more = {};  // other whole words and what they stand for
};

// Whether a word of `octets` at the start of `text` ends there: no letter, digit or '_' follows.
bool is_whole_word(std::string_view text, std::size_t octets);

// Replaced in one pass, so that what is put in is never read again; "\$" is a plain '$', other words stay. At most
// kMaxFilledOctets come out. Pure.
constexpr std::size_t kMaxFilledOctets = 128 * 1024;
std::string fill_in_tokens(std::string_view text, const PostTokens& tokens);

}  // namespace majlis::lists
