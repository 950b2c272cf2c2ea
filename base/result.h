#pragma once

#include <cassert>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace majlis {

// What the caller should do next about something that could not be found out or done. "No" is never an Error: a refusal
// by policy is a Decision (lists/effects/decision.h).
enum class ErrorKind {
  again,          // the machine failed (disk, lock, peer): keep the mail, try again later
  refused,        // the input is not acceptable and never will be
  missing,        // the thing asked for does not exist
  damaged,        // something we wrote earlier cannot be read back
  misconfigured,  // a person must mend a file or a right
};

// What can be said to people in several languages: the id of a sentence and what is put in.
struct Phrase {
  std::string_view id = {};  // of a constant; empty: nothing is said
  std::map<std::string, std::string, std::less<>> values = {};
};

// Why something failed. `what` reads "room: what: why", one line, printable, without secrets. Of what a person wrote
// wrongly, `phrase` says the same.
struct Error {
  ErrorKind kind;
  std::string what;
  Phrase phrase = {};
};

// The word for a kind as it stands in logs: "again", "refused", "missing", "damaged", "misconfigured".
const char* word_for(ErrorKind kind);

// An Error of kind `again` (or `missing` for ENOENT, `misconfigured` for EACCES/EPERM) built from errno.
// `what` names room and action, e.g. "base: open /x/y".
Error error_from_errno(std::string what, int error_number);

// Either a value or an Error; it cannot be overlooked. Reading the wrong side is a bug and asserts.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    assert(error_.has_value());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace majlis
