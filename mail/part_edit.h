#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/edit.h"
#include "mail/message.h"

namespace majlis::mail {

// The fields of a part (Content-Type, Content-Transfer-Encoding), the empty line and its content, CRLF line ends, for
// PartEdit::replace(). `type` with its parameters but without charset, "text/html"; `text` is UTF-8 with LF line ends;
// invalid octets become U+FFFD. No line of it begins with "--", so none is taken for a delimiter.
std::string part_in_utf8(std::string_view type, std::string_view text);

// Changes to whole parts of a message, by the offsets of its scan. Octets of other parts, preambles, delimiters and
// fields that do not speak of the content stay as they came. Calls in any order; a part inside one that is replaced or
// removed goes with it, and of two calls for one part the last counts.
//
// Promises nothing about a message that is_ambiguous(), but that no octet outside it is read.
class PartEdit {
 public:
  // `message` stays where it is as long as this is there.
  explicit PartEdit(const Message& message);

  // Another part stands in its place: `content` is its fields, the empty line and its body, as part_in_utf8() writes
  // it. No line of it may begin with "--" and a boundary of the message. Of the part's own header nothing stays; of a
  // message's (the whole one, or one inside message/rfc822) all fields but the Content-* ones and those that count its
  // octets.
  void replace(std::size_t part, std::string content);
  // Other octets under the same fields, written in the part's own transfer encoding. `octets` are in its charset; text
  // with LF line ends. For leaves in base64 and quoted-printable only: who changes what is not encoded edits its bytes.
  void replace_octets(std::size_t part, std::string_view octets);
  // The part and its delimiter line. A multipart of which nothing is left goes too, and the message/rfc822 around a
  // message that went; of the whole message an empty text stays.
  void remove(std::size_t part);

  // Another part in front of it, in its multipart; several in the order of the calls. `content` as for replace(); a
  // part that no multipart holds gets none.
  void put_before(std::size_t part, std::string content);

  bool is_empty() const;
  // Puts the changes into an edit of the same message.
  void write_to(Edit& edit) const;

 private:
  enum class Fate { kept, octets_replaced, replaced, removed };
  struct Change {
    Fate fate = Fate::kept;
    std::string content;
    std::vector<std::string> before = {};
  };
  const Part& part(std::size_t index) const { return message_->scan().parts[index]; }
  bool is_message(std::size_t index) const;
  bool is_inside_changed(std::size_t index, const std::vector<Change>& changes) const;
  std::vector<Change> with_emptied_parents() const;
  void write_replaced(std::size_t index, const std::string& content, Edit& edit) const;
  std::size_t delimiter_before(std::size_t index) const;
  void write_before(std::size_t index, const std::vector<std::string>& contents, Edit& edit) const;
  void write_octets(std::size_t index, const std::string& encoded, Edit& edit) const;
  void write_removed(std::size_t index, Edit& edit) const;
  std::size_t line_end_at(std::size_t at) const;
  std::string in_line_ends(std::string text) const;
  std::string in_place_of(const Part& part, std::string content) const;

  const Message* message_;
  std::vector<Change> changes_;
};

}  // namespace majlis::mail
