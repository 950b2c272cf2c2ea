#include "base/result.h"

#include <cerrno>

#include "base/error_words.h"

namespace majlis {

const char* word_for(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::again: return "again";
    case ErrorKind::refused: return "refused";
    case ErrorKind::missing: return "missing";
    case ErrorKind::damaged: return "damaged";
    case ErrorKind::misconfigured: return "misconfigured";
  }
  return "again";
}

Error error_from_errno(std::string what, int error_number) {
  ErrorKind kind = ErrorKind::again;
  if (error_number == ENOENT) kind = ErrorKind::missing;
  if (error_number == EACCES || error_number == EPERM) kind = ErrorKind::misconfigured;
  what += ": " + words_for_errno(error_number);
  return Error{kind, std::move(what)};
}

}  // namespace majlis
