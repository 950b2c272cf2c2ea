#include "lists/moving/person.h"

#include <algorithm>
#include <string>

namespace majlis::lists {

Result<mail::Mailbox> read_person(const Admission& admission, std::string_view written, bool& has_other_name) {
  has_other_name = false;
  Result<mail::Mailbox> person = admission.read(written);
  const std::size_t begin = written.rfind('<');
  const std::size_t end = written.rfind('>');
  const bool has_name = begin != std::string_view::npos && end != std::string_view::npos && begin < end && begin > 0;
  if (person || !has_name) return person;
  std::string clean(written);
  std::erase_if(clean, [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; });
  person = admission.read(clean);
  if (!person) person = admission.read(written.substr(begin + 1, end - begin - 1));
  has_other_name = person.ok();
  return person;
}

}  // namespace majlis::lists
