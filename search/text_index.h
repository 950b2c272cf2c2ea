#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "search/query.h"

// Words of many documents in one file, by which these are found again. Derived data: whatever is wrong with the file,
// it may be deleted and made anew. No SQLite type shows here.
namespace majlis::search {

struct Document {
  std::int64_t id = 0;  // a later document has a larger one
  UnixTime received = 0;
  std::string author;  // UTF-8, as all of these; author and subject are shown where it is found
  std::string subject;
  std::string text;
};

struct Hit {
  std::int64_t id;
  UnixTime received;
  std::string author;
  std::string subject;
};
struct Hits {
  std::vector<Hit> hits;  // the latest first
  bool are_more = false;
};

// How far a source of documents has been read, in the words of whoever reads it.
struct Mark {
  std::uint64_t documents = 0;
  std::uint64_t octets = 0;
};

class TextIndex {
 public:
  TextIndex(TextIndex&&) noexcept;
  TextIndex& operator=(TextIndex&&) noexcept;
  ~TextIndex();

  // For looking things up. missing: there is none; damaged: it is none of ours; again: not now.
  static Result<TextIndex> open(const std::string& path);
  // For writing; made when missing. again: somebody else writes.
  static Result<TextIndex> open_for_writing(const std::string& path);
  // Takes the file away, and what belongs to it.
  static Status remove(const std::string& path);

  Result<Hits> find(const Query& query, std::size_t max) const;  // refused: it takes too long
  Result<Mark> mark(std::string_view source) const;
  Result<std::uint64_t> documents() const;  // of all marks

  // What is added counts together, once commit() returns ok.
  Status begin();
  Status add(const Document& document);
  Status set_mark(std::string_view source, const Mark& mark);
  Status commit();

 private:
  class Connection;
  explicit TextIndex(std::unique_ptr<Connection> connection);

  std::unique_ptr<Connection> connection_;
};

}  // namespace majlis::search
