#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// "name=value; ..." of DKIM signatures and key records (RFC 6376 3.2), folds allowed.
struct Tag {
  std::string_view name;   // case counts
  std::string_view value;  // trimmed; folds inside are kept
  std::size_t begin = 0;   // of what stands between '=' and the next ';', as offsets into the text
  std::size_t end = 0;
};

class TagList {
 public:
  // nullopt for what is none: a name that begins with no letter, a name twice, no '=', more than kMaxTags. Linear.
  // The text must outlive the list.
  static std::optional<TagList> parse(std::string_view text);
  static constexpr std::size_t kMaxTags = 50;

  const Tag* find(std::string_view name) const;  // nullptr: absent
  // The value; `otherwise` when the tag is absent.
  std::string_view value(std::string_view name, std::string_view otherwise = {}) const;
  const std::vector<Tag>& tags() const { return tags_; }

 private:
  std::vector<Tag> tags_;
};

// Without blanks and line ends, wherever they stand.
std::string without_blanks(std::string_view value);

// The pieces of "a : b:c", trimmed, folds removed.
std::vector<std::string> split_at_colons(std::string_view value);

// Base64 (RFC 4648 4), blanks and line ends in it allowed. nullopt for anything else, and for nothing at all.
std::optional<std::string> strict_base64(std::string_view value);

}  // namespace majlis::mail
