#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// A file name as a system that is to open the file reads it, several where systems differ: in lower case, without
// characters that nobody sees (direction marks ...), full-width letters as plain ones; without dots, blanks, quotes and
// slashes at its end; and what stands in front of and behind each ':' (NTFS streams) and NUL.
std::vector<std::string> readings_of(std::string_view name);

// Endings of file names, without dot, in lower case.
class FileEndings {
 public:
  FileEndings() = default;
  // Separated by commas or blanks, each with or without a dot in front, of several dots too ("tar.gz").
  explicit FileEndings(std::string_view written);

  bool empty() const { return endings_.empty(); }
  bool has(std::string_view ending) const;
  // The first of `words` (with blanks between them) that is one of these; "" when none is.
  std::string_view first_of(std::string_view words) const;
  // The ending of these that a reading of the name has. A class id ("x.{0002...}") counts as one that they have.
  std::optional<std::string> of_name(std::string_view name) const;

 private:
  std::vector<std::string> endings_;  // sorted
};

// What stands behind the last dot of a name's readings: "docx" of "A report.DOCX ". Without doubles.
std::vector<std::string> last_endings(std::string_view name);

}  // namespace majlis::mail
