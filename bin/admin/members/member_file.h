#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/kept_texts.h"
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
  std::string_view key(std::size_t at) const { return lines_[at].key(); }          // the roster's
  std::string_view address(std::size_t at) const { return lines_[at].address(); }  // Address::text()
  mail::Mailbox person(std::size_t at) const;
  // Those of `count` lines from `from` on.
  std::vector<mail::Mailbox> people(std::size_t from, std::size_t count) const;

 private:
  // Three texts, one behind the other.
  struct Line {
    const char* octets;
    std::uint16_t key_octets;
    std::uint16_t address_octets;
    std::uint32_t display_octets;

    std::string_view key() const { return {octets, key_octets}; }
    std::string_view address() const { return {octets + key_octets, address_octets}; }
    std::string_view display() const { return {octets + key_octets + address_octets, display_octets}; }
  };

  explicit MemberFile(const lists::Admission& admission) : admission_(&admission) {}
  Status read_lines(const Call& call, std::string_view text);
  void refuse(const Call& call, std::size_t number, const std::string& why);
  void keep(const mail::Mailbox& person);
  Result<mail::Mailbox> person_in(std::string_view line) const;

  const lists::Admission* admission_;
  KeptTexts texts_;
  std::vector<Line> lines_;
  std::optional<CsvColumns> columns_;
  std::size_t refused_ = 0;
};

}  // namespace majlis::bin::admin
