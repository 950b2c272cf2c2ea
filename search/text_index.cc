#include "search/text_index.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/file.h"
#include "base/text.h"
#include "search/match_text.h"

namespace majlis::search {
namespace {

constexpr int kWaitForReaders_ms = 2000;
constexpr int kVersion = 1;  // of the tables
constexpr std::string_view kBehindDatabase = "-journal";
constexpr sqlite3_int64 kMaxMemory = 128LL * 1024 * 1024;
constexpr int kStepsBetweenLooks = 10'000;
constexpr int kMaxLooks = 500;  // some 5 million steps of SQLite's machine: a fraction of a second

// Nothing is written but the file and its journal beside it; nothing that stands in the file is run.
constexpr const char* kForAll =
    "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;";
// What was not committed stays in memory, so that readers need not wait for more than the commit itself.
constexpr const char* kForWriting = "PRAGMA cache_size = -32768; PRAGMA cache_spill = OFF;";
constexpr const char* kTables =
    "CREATE TABLE post (id INTEGER PRIMARY KEY, received INTEGER, author TEXT, subject TEXT);"
    "CREATE TABLE mark (source TEXT PRIMARY KEY, documents INTEGER, octets INTEGER) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE words USING fts5(author, subject, body, content = '',"
    "  tokenize = 'unicode61 remove_diacritics 2');"
    "PRAGMA user_version = 1;";
constexpr const char* kFindWords =
    "SELECT post.id, received, post.author, post.subject FROM words JOIN post ON post.id = words.rowid"
    " WHERE words MATCH ?1 AND received >= ?2 AND received < ?3 ORDER BY words.rowid DESC LIMIT ?4";
constexpr const char* kFindTimes =
    "SELECT id, received, author, subject FROM post"
    " WHERE ?1 = '' AND received >= ?2 AND received < ?3 ORDER BY id DESC LIMIT ?4";

ErrorKind kind_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT: return ErrorKind::damaged;
    case SQLITE_INTERRUPT: return ErrorKind::refused;
    default: return ErrorKind::again;
  }
}

// A link, a pipe, a folder in the file's place.
bool is_odd(const std::string& path) {
  struct stat is {};
  return lstat(path.c_str(), &is) == 0 && !S_ISREG(is.st_mode);
}
Error damaged_place(const std::string& path) {
  return Error{ErrorKind::damaged, "search: " + path + ": is no regular file"};
}

// A statement, finished when this goes out of scope.
class Statement {
 public:
  Statement(sqlite3* database, const char* text) {
    code_ = sqlite3_prepare_v2(database, text, -1, &statement_, nullptr);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  void bind(int place, std::int64_t number) {
    if (code_ == SQLITE_OK) code_ = sqlite3_bind_int64(statement_, place, number);
  }
  // `text` must stay as it is until the last step.
  void bind(int place, std::string_view text) {
    const int octets = static_cast<int>(std::min(text.size(), std::size_t{100'000'000}));
    if (code_ == SQLITE_OK) code_ = sqlite3_bind_text(statement_, place, text.data(), octets, SQLITE_STATIC);
  }
  // True while there is a row.
  bool step() {
    if (code_ == SQLITE_OK || code_ == SQLITE_ROW) code_ = sqlite3_step(statement_);
    return code_ == SQLITE_ROW;
  }
  int code() const { return code_; }
  bool is_done() const { return code_ == SQLITE_DONE; }

  std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text == nullptr ? std::string()
                           : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int code_ = SQLITE_OK;
};

}  // namespace

class TextIndex::Connection {
 public:
  explicit Connection(std::string path) : path_(std::move(path)) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { sqlite3_close(database_); }

  Status open(int flags) {
    sqlite3_hard_heap_limit64(kMaxMemory);
    const int code = sqlite3_open_v2(path_.c_str(), &database_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK) return error(code);
    sqlite3_busy_timeout(database_, kWaitForReaders_ms);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return run(kForAll);
  }

  Status run(const char* statements) {
    const int code = sqlite3_exec(database_, statements, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Status() : error(code);
  }

  Result<std::int64_t> ask_number(const char* statement) {
    Statement asked(database_, statement);
    if (!asked.step()) return error(asked.code());
    return asked.number(0);
  }

  // Gives a question up once it has taken as many steps as all may have together.
  void bound_steps() {
    sqlite3_progress_handler(
        database_, kStepsBetweenLooks, [](void* looks) { return ++*static_cast<int*>(looks) > kMaxLooks ? 1 : 0; },
        &looks_);
  }

  Error error(int code) const {
    const char* why = database_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database_);
    return Error{kind_of(code), "search: " + path_ + ": " + printable(why)};
  }

  sqlite3* database() const { return database_; }

 private:
  std::string path_;
  sqlite3* database_ = nullptr;
  int looks_ = 0;
};

TextIndex::TextIndex(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
TextIndex::TextIndex(TextIndex&&) noexcept = default;
TextIndex& TextIndex::operator=(TextIndex&&) noexcept = default;
TextIndex::~TextIndex() = default;

Result<TextIndex> TextIndex::open(const std::string& path) {
  if (Result<UniqueFd> fd = open_file(path, O_RDONLY); !fd) return is_odd(path) ? damaged_place(path) : fd.error();
  auto connection = std::make_unique<Connection>(path);
  Status opened = connection->open(SQLITE_OPEN_READONLY);
  if (!opened) return opened.error();
  Result<std::int64_t> version = connection->ask_number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version != kVersion) return Error{ErrorKind::damaged, "search: " + path + ": has another form"};
  connection->bound_steps();
  return TextIndex(std::move(connection));
}

Result<TextIndex> TextIndex::open_for_writing(const std::string& path) {
  if (Result<UniqueFd> fd = open_file(path, O_RDWR | O_CREAT, 0600); !fd)
    return is_odd(path) ? damaged_place(path) : fd.error();
  auto connection = std::make_unique<Connection>(path);
  Status done = connection->open(SQLITE_OPEN_READWRITE);
  if (done) done = connection->run(kForWriting);
  if (!done) return done.error();
  Result<std::int64_t> version = connection->ask_number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version == 0) {
    done = connection->run("BEGIN IMMEDIATE");
    if (done) done = connection->run(kTables);
    if (done) done = connection->run("COMMIT");
    if (!done) return done.error();
  } else if (*version != kVersion) {
    return Error{ErrorKind::damaged, "search: " + path + ": has another form"};
  }
  return TextIndex(std::move(connection));
}

Status TextIndex::remove(const std::string& path) {
  for (const std::string& name : {path + std::string(kBehindDatabase), path}) {
    if (unlink(name.c_str()) == 0 || errno == ENOENT) continue;
    if (errno != EISDIR || rmdir(name.c_str()) != 0) return error_from_errno("search: remove " + name, errno);
  }
  return {};
}

Result<Hits> TextIndex::find(const Query& query, std::size_t max) const {
  const std::string words = match_text(query.terms);
  if (words.empty() && !query.terms.empty()) return Hits();  // nothing but marks: no document has them
  Statement found(connection_->database(), words.empty() ? kFindTimes : kFindWords);
  found.bind(1, words);
  found.bind(2, query.since.value_or(INT64_MIN));
  found.bind(3, query.before.value_or(INT64_MAX));
  found.bind(4, static_cast<std::int64_t>(max + 1));
  Hits hits;
  while (found.step()) {
    hits.are_more = hits.hits.size() == max;
    if (!hits.are_more) hits.hits.push_back({found.number(0), found.number(1), found.text(2), found.text(3)});
  }
  return found.is_done() ? Result<Hits>(std::move(hits)) : connection_->error(found.code());
}

Result<Mark> TextIndex::mark(std::string_view source) const {
  Statement asked(connection_->database(), "SELECT documents, octets FROM mark WHERE source = ?1");
  asked.bind(1, source);
  Mark mark;
  if (asked.step()) {
    mark.documents = static_cast<std::uint64_t>(asked.number(0));
    mark.octets = static_cast<std::uint64_t>(asked.number(1));
    return mark;
  }
  return asked.is_done() ? Result<Mark>(mark) : connection_->error(asked.code());
}

Result<std::uint64_t> TextIndex::documents() const {
  Result<std::int64_t> sum = connection_->ask_number("SELECT coalesce(sum(documents), 0) FROM mark");
  if (!sum) return sum.error();
  return static_cast<std::uint64_t>(*sum);
}

Status TextIndex::begin() { return connection_->run("BEGIN IMMEDIATE"); }

Status TextIndex::add(const Document& document) {
  Statement post(connection_->database(), "INSERT INTO post (id, received, author, subject) VALUES (?1, ?2, ?3, ?4)");
  post.bind(1, document.id);
  post.bind(2, document.received);
  post.bind(3, document.author);
  post.bind(4, document.subject);
  post.step();
  if (!post.is_done()) return connection_->error(post.code());
  Statement words(connection_->database(), "INSERT INTO words (rowid, author, subject, body) VALUES (?1, ?2, ?3, ?4)");
  words.bind(1, document.id);
  words.bind(2, document.author);
  words.bind(3, document.subject);
  words.bind(4, document.text);
  words.step();
  return words.is_done() ? Status() : connection_->error(words.code());
}

Status TextIndex::set_mark(std::string_view source, const Mark& mark) {
  Statement kept(connection_->database(),
                 "INSERT OR REPLACE INTO mark (source, documents, octets) VALUES (?1, ?2, ?3)");
  kept.bind(1, source);
  kept.bind(2, static_cast<std::int64_t>(mark.documents));
  kept.bind(3, static_cast<std::int64_t>(mark.octets));
  kept.step();
  return kept.is_done() ? Status() : connection_->error(kept.code());
}

Status TextIndex::commit() { return connection_->run("COMMIT"); }

}  // namespace majlis::search
