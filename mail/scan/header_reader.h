#pragma once

#include <string_view>
#include <vector>

#include "mail/scan/limits.h"
#include "mail/scan/notes.h"
#include "mail/scan/part.h"

namespace majlis::mail {

// Reads one header block line by line.
class HeaderReader {
 public:
  enum class Line {
    taken,      // belongs to the block; when a ceiling was hit, the block must not be given another line
    empty,      // ends the block
    no_header,  // cannot belong to a header block: the body begins with this line, as Postfix reads it
  };

  // `fields_left` is what all blocks of the message together may still hold.
  HeaderReader(std::string_view raw, const ScanLimits& limits, Notes& notes, std::size_t& fields_left)
      : raw_(raw), limits_(&limits), notes_(&notes), fields_left_(&fields_left) {}

  void begin(std::size_t at);
  // The line is [begin, content_end) and its line end up to `end`.
  Line take(std::size_t begin, std::size_t content_end, std::size_t end);
  // The fields of the block; those beyond a ceiling are missing.
  std::vector<Field> finish();
  bool has_hit_ceiling() const { return ceiling_; }

 private:
  void take_continuation(std::size_t content_end, std::size_t end);
  Line take_field(std::size_t begin, std::size_t content_end, std::size_t end);
  void note_octets(std::string_view line);
  void close_field();
  void hit(Ambiguity ceiling);

  std::string_view raw_;
  const ScanLimits* limits_;
  Notes* notes_;
  std::size_t* fields_left_;
  std::size_t block_begin_ = 0;
  std::vector<Field> fields_;
  Field open_;
  bool has_open_ = false;
  bool ceiling_ = false;
};

}  // namespace majlis::mail
