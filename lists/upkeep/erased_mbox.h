#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "lists/upkeep/person_words.h"

namespace majlis::lists {

// One entry without the person, as message_without(), and as an entry again; nullopt: it is not in there.
std::optional<std::string> entry_without(std::string_view entry, const PersonWords& person);

// A copy of an mbox file without a person, which can follow while the file grows. Memory does not grow with it, but
// with its largest message.
class ErasedMbox {
 public:
  ErasedMbox(std::string path, std::string copy, const PersonWords& person)
      : path_(std::move(path)), copy_(std::move(copy)), person_(&person) {}

  // How many messages up to octet `end` have the person; nothing is written.
  Result<std::size_t> count(std::uint64_t end) const;
  // The copy has what the file has up to octet `end`, and is on the disk.
  Status extend(std::uint64_t end);

  std::uint64_t read_to() const { return read_to_; }
  std::uint64_t octets() const { return octets_; }  // of the copy

 private:
  std::string path_;
  std::string copy_;
  const PersonWords* person_;
  std::uint64_t read_to_ = 0;
  std::uint64_t octets_ = 0;
};

}  // namespace majlis::lists
