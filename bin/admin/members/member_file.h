#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bin/admin/call/call.h"
#include "bin/admin/members/csv_line.h"
#include "lists/members/admission.h"

namespace majlis::bin::admin {

// People as files of many programs have them, one a line: as lists::Admission::read(), or a table (CSV) whose first
// line names its columns. Empty lines and those that begin with '#' say nothing. Of a million lines only so much is
// kept.
class MemberFile {
 public:
  // The file that is the command's second word, or standard input. Each line that is refused is told by its number.
  static Result<MemberFile> read(const Call& call, const lists::Admission& admission);

  // How many lines name somebody. They are in the order of the roster, and an address may stand there twice.
  std::size_t size() const { return lines_.size(); }
  std::size_t refused() const { return refused_; }
  const std::string& key(std::size_t at) const { return lines_[at].key; }  // the roster's
  // Once more from its line.
  Result<mail::Mailbox> person(std::size_t at) const { return person_in(lines_[at].text); }
  // Those of `count` lines from `from` on.
  Result<std::vector<mail::Mailbox>> people(std::size_t from, std::size_t count) const;

 private:
  struct Line {
    std::string key;
    std::string_view text;
  };

  explicit MemberFile(const lists::Admission& admission) : admission_(&admission) {}
  Status read_lines(const Call& call);
  void refuse(const Call& call, std::size_t number, const std::string& why);
  Result<mail::Mailbox> person_in(std::string_view line) const;

  const lists::Admission* admission_;
  std::unique_ptr<const std::string> text_;  // stays where it is when this moves
  std::vector<Line> lines_;
  std::optional<CsvColumns> columns_;
  std::size_t refused_ = 0;
};

}  // namespace majlis::bin::admin
