#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message.h"

namespace majlis::mail {

struct Edited {
  std::string bytes;
  std::optional<std::size_t> behind_added_fields;  // where the next ones go; nullopt: none were added yet
};

// Changes to a message as operations on its bytes; what no operation touches leaves octet for octet as it came.
// Positions are offsets into Message::bytes(). Operations may be given in any order; overlapping removals merge.
class Edit {
 public:
  // `top`: where fields are added when some were before; nullopt: on top of the header.
  explicit Edit(const Message& message, std::optional<std::size_t> top = std::nullopt)
      : message_(&message), top_(top) {}

  void remove(std::size_t begin, std::size_t end);
  void insert(std::size_t at, std::string text);
  // All of the message's own fields of this name, whole lines with folds, and those added here.
  void remove_fields(std::string_view name);
  // On top of the header, in the order of the calls. Written by field() (mail/composer.h): one line, line ends added
  // here in the message's own style.
  void add_field(std::string_view name, std::string_view body);

  bool changes_body() const;
  bool is_empty() const { return removals_.empty() && insertions_.empty() && added_.empty(); }
  Edited apply() const;

 private:
  struct Removal {
    std::size_t begin, end;
  };
  enum class Is { text, fields };
  struct Insertion {
    std::size_t at;
    std::string text;
    Is is = Is::text;
  };
  struct AddedField {
    std::string name, text;
  };
  std::vector<Insertion> all_insertions() const;
  std::vector<Removal> all_removals() const;

  const Message* message_;
  std::optional<std::size_t> top_;
  std::vector<Removal> removals_;
  std::vector<Insertion> insertions_;
  std::vector<AddedField> added_;
};

}  // namespace majlis::mail
