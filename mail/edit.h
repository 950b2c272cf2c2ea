#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/message.h"

namespace majlis::mail {

// Changes to a message as operations on its bytes; what no operation touches leaves octet for octet as it came.
// Positions are offsets into Message::bytes(). Operations may be given in any order; overlapping removals merge.
class Edit {
 public:
  explicit Edit(const Message& message) : message_(&message) {}

  void remove(std::size_t begin, std::size_t end);
  void insert(std::size_t at, std::string text);
  // All of the message's own fields of this name, whole lines with folds.
  void remove_fields(std::string_view name);
  // On top of the header, in the order of the calls. Written by field() (mail/composer.h): one line, line ends added
  // here in the message's own style.
  void add_field(std::string_view name, std::string_view body);

  bool changes_body() const;
  std::string apply() const;

 private:
  struct Removal {
    std::size_t begin, end;
  };
  struct Insertion {
    std::size_t at;
    std::string text;
  };
  const Message* message_;
  std::vector<Removal> removals_;
  std::vector<Insertion> insertions_;
  std::string top_;
};

}  // namespace majlis::mail
